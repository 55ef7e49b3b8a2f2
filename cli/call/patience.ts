/** Callers hang up then: queue flows never end. */
export const PATIENCE_MINUTES = 15;
