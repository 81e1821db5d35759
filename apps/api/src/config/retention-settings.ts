import type { RetentionPolicy } from "../retention/retention.js";
import { wholeNumberOrOff } from "./checks.js";
import { defineSettings } from "./define-settings.js";

/** How long things are kept. */
export interface RetentionSettings {
  readonly retention: RetentionPolicy;
}

const days = (byDefault: number) => wholeNumberOrOff(36_500, byDefault);

export const retentionSettings = defineSettings(
  {
    FACET_DECISION_RETENTION_DAYS: {
      check: days(90),
      about: "Days after which a cover decision is removed, and decided anew when it is asked for; off keeps all.",
      shown: "90",
    },
    FACET_AUDIT_RETENTION_DAYS: {
      check: days(730),
      about: "Days after which an audit event is removed; off keeps all.",
      shown: "730",
    },
    FACET_IMPORT_RETENTION_DAYS: {
      check: days(90),
      about: "Days after its end for which an import of likes is reported on; off keeps all.",
      shown: "90",
    },
  },
  (values): RetentionSettings => ({
    retention: {
      decisionDays: values.FACET_DECISION_RETENTION_DAYS,
      auditDays: values.FACET_AUDIT_RETENTION_DAYS,
      importDays: values.FACET_IMPORT_RETENTION_DAYS,
    },
  }),
);
