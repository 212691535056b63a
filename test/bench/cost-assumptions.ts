/** List prices as remembered, 2026-11: us-east-1, US dollars, no free tier. Not looked up; other regions differ. */
export const PRICES = {
  /** ARM64. */
  lambdaGbSecond: 0.0000133334,
  lambdaCall: 0.2e-6,
  /** Step Functions, Standard. */
  stateTransition: 25e-6,
  scheduledStart: 1e-6,
  trace: 5e-6,
  /** DynamoDB on demand. */
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  tableGbMonth: 0.25,
  /** Point-in-time recovery. */
  recoveryGbMonth: 0.2,
  s3Put: 5e-6,
  s3Get: 0.4e-6,
  s3GbMonth: 0.023,
  kmsCall: 3e-6,
  kmsKeyMonth: 1,
  secretCall: 5e-6,
  secretMonth: 0.4,
  snsPublish: 0.5e-6,
  snsMail: 20e-6,
  sqsCall: 0.4e-6,
  logGb: 0.5,
  logGbMonth: 0.03,
  metricMonth: 0.3,
  alarmMonth: 0.1,
};

export const DAYS_A_MONTH = 30.4;

/** The world, which nobody measured. The first block is as in the first estimate, so that the two can be compared. */
const WORLD = {
  sources: 20,
  /** Search questions to one source: a brand's own, and those that all brands have in common. */
  ownQuestions: 45,
  sharedQuestions: 5,
  answerSeconds: 1.5,
  spacingSeconds: 2,
  /** Findings of one brand in all sources: first seen in this scan, and known from earlier ones. */
  newFindings: 50,
  knownFindings: 2_000,

  /** The brand's own listing and account, looked up at every source. */
  ownLookups: 2,
  /** Icons, evidence and ledger of one answer, when the next question waits for it. */
  lookSeconds: 0.5,
  /** Questions of one scan that show the same finding. */
  showings: 3,
  /** Of the known findings: not shown by this scan, and shown differently. */
  missingShare: 0.05,
  changedShare: 0.01,
  /** Of new and changed findings: somebody is told, by mail to this many. */
  toldShare: 0.4,
  mailboxes: 1,
  /** Kept of a finding besides what findings share, and its share of the rest: details, icon, answer. */
  evidenceKb: 400,
  /** A task before and after it was worked on. */
  plannedKb: 0.3,
  doneKb: 0.5,
  logKbPerCall: 3,
  logKbPerTransition: 2,
};

/** What the code and the stacks say; to be changed with them. */
const BUILT = {
  memoryGb: 0.5,
  /** A call of plan. */
  planCallSeconds: 900,
  /** A quarter of an hour without the reserve, and the pause before the next. */
  stretchSeconds: 840,
  pauseSeconds: 20,
  /** Then the state machine stops a scan. */
  mostHours: 23,
  sourcesAtOnce: 10,
  /** Most search questions that a configuration may allow a source, and details of suspects as shipped. */
  mostQuestions: 10_000,
  detailsPerSource: 200,
  /** A key that leads from a source to a finding (33 to 42 with the shipped sources), and views read at a time. */
  keyBytes: 40,
  viewsAtOnce: 100,
  sweepsPerDay: 144,
  /** Twenty-two alarms on one metric, one on two, one on three. */
  alarmMetrics: 27,
  ownMetrics: 5,
  secrets: 1,
  /** The queue of uploads is asked by five pollers, for twenty seconds each time. */
  pollsPerDay: (5 * 86_400) / 20,
  logDays: 180,

  /** Of Lambda at this memory: processor time of one request to AWS; start, configuration and clients of a function. */
  requestSeconds: 0.003,
  startSeconds: 3,
  /** A request that others wait for. */
  waitSeconds: 0.006,
  /** A batch of views, read and unpacked: 8 ms of a whole processor as tried on a desk; this memory has 0.29 of one. */
  batchSeconds: 0.03,
};

export const ASSUMPTIONS = { ...WORLD, ...BUILT };
export type Assumptions = typeof ASSUMPTIONS;

/** The facts that the design was drawn from, for the same number of questions, by brands. */
export const FIRST_ESTIMATE: Record<number, { usd: number; hoursPerSource: number }> = {
  1: { usd: 0.02, hoursPerSource: 0.03 },
  100: { usd: 1.74, hoursPerSource: 2.8 },
  1000: { usd: 17.4, hoursPerSource: 27.8 },
};
