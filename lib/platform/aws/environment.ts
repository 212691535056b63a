/** What every AWS client of ours is made with. */
export interface AwsSettings {
  region: string;
  /** Never `auto`, which would ask the machine's metadata address where it runs. */
  defaultsMode: "standard";
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Where AWS calls go. An endpoint in the environment must be on this machine and gets made-up credentials; without one the program
 * must run inside Lambda, or be told by `KNOCKOFF_AWS=live` that its operator means the real account. Throws otherwise: a test
 * or a trial at a desk must not reach an account because a profile happened to be lying about.
 */
export function awsSettings(env: NodeJS.ProcessEnv): AwsSettings {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (region === undefined) throw new Error("AWS_REGION is not set");
  const common = { region, defaultsMode: "standard" } as const;
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint === undefined) {
    // AWS's images for Lambda set the task root on any desk; the function's name only Lambda does.
    const inLambda = Boolean(env.LAMBDA_TASK_ROOT) && Boolean(env.AWS_LAMBDA_FUNCTION_NAME);
    if (inLambda || env.KNOCKOFF_AWS === "live") return common;
    throw new Error("outside of Lambda, AWS_ENDPOINT_URL must name a server of this machine, or KNOCKOFF_AWS be live");
  }
  if (!LOOPBACK.test(new URL(endpoint).hostname))
    throw new Error(`AWS_ENDPOINT_URL ${endpoint} is not on this machine`);
  return { ...common, endpoint, credentials: { accessKeyId: "local", secretAccessKey: "unused" } };
}
