/** Exit codes, the same for every command. */
export const EXIT = {
  complete: 0,
  bug: 1,
  usage: 2,
  /** Complete, but a source was not searched. */
  gaps: 3,
  /** Findings at or above --fail-on. */
  findings: 4,
  interrupted: 130,
} as const;
