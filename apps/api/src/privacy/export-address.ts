import type { UserId } from "@facet/domain";

/** Where all that is kept of a viewer is fetched. */
export const EXPORT_ROUTE = "/viewers/:userId/export";

/** @param baseUrl the address of the service, without a slash at its end */
export function addressExport(baseUrl: string, userId: UserId): string {
  return `${baseUrl}${EXPORT_ROUTE.replace(":userId", encodeURIComponent(userId))}`;
}
