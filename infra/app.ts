import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "./acknowledged.ts";
import { deployment } from "./deployment.ts";
import { makeStacks } from "./stacks.ts";

/** What `npx cdk` runs. */
const app = new App();
makeStacks(app, { ...deployment, account: deployment.account ?? process.env.CDK_DEFAULT_ACCOUNT });
acknowledge(app, deployment);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
