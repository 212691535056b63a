import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "./acknowledged.ts";
import { throwProblems, unready } from "./check-deployment.ts";
import { deployment } from "./deployment.ts";
import { makeStacks } from "./stacks.ts";

/** What `npx cdk` runs. Without credentials it synthesizes for no account, to look at; with them it means to deploy. */
const wanted = { ...deployment, account: deployment.account ?? process.env.CDK_DEFAULT_ACCOUNT };
if (wanted.account !== undefined) throwProblems(unready(wanted));
const app = new App();
makeStacks(app, wanted);
acknowledge(app, wanted);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
