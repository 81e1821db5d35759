/** Figures by the name that the inputs know them by; their units are told there. */
export type MeasuredCosts = Readonly<Record<string, number>>;
