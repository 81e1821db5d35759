export { renderGainChart } from "./gain-chart.js";
export { renderReport } from "./render-report.js";
export type { ReportFacts } from "./render-report.js";
