import { Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { ORIGIN_HEADER } from "../functions/front-door.ts";
import type { Deployment } from "./deployment.ts";
import { goneAfter, type StorageStack } from "./storage-stack.ts";

/** Its value, made in the account and put into CloudFront and the function by CloudFormation; no template holds it. */
export function originSecret(scope: Construct, key: IKey): string {
  const secret = new Secret(scope, "OriginSecret", {
    description: "Shared by CloudFront and the functions behind it, so that nobody goes around the firewall",
    encryptionKey: key,
    generateSecretString: { excludePunctuation: true, passwordLength: 40 },
  });
  return secret.secretValue.unsafeUnwrap();
}

export interface DistributionProps {
  api: HttpApi;
  secret: string;
  firewallArn?: string;
  edge: Deployment["edge"];
  storage: StorageStack;
}

/** CloudFront before console and API: nothing is cached, because every answer is somebody's, but what all browsers load alike. */
export function distribution(
  scope: Construct,
  { api, secret, firewallArn, edge, storage }: DistributionProps,
): Distribution {
  const { domain } = edge;
  const origin = new HttpOrigin(Fn.select(2, Fn.split("/", api.apiEndpoint)), {
    customHeaders: { [ORIGIN_HEADER]: secret },
  });
  // The app sets its own headers, and these stay as it sets them; they are for what CloudFront answers itself.
  const responseHeadersPolicy = ResponseHeadersPolicy.SECURITY_HEADERS;
  return new Distribution(scope, "Front", {
    comment: Stack.of(scope).stackName,
    defaultBehavior: {
      origin,
      // The smallest set that has POST; the gateway has no route for the rest.
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // Cookies, query and Authorization go on to the gateway.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    },
    additionalBehaviors: {
      // Named by their content. No cookie goes along, and none is part of what is kept.
      "/static/*": {
        origin,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      },
    },
    httpVersion: HttpVersion.HTTP2_AND_3,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    logBucket: logBucket(scope, storage),
    webAclId: firewallArn,
    domainNames: domain && [domain.name],
    certificate: domain && Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn),
  });
}

const LOG_DAYS = 365;

/** CloudFront delivers its logs by access lists, which no other bucket of ours knows. */
function logBucket(scope: Construct, { accessLogs }: StorageStack): Bucket {
  return new Bucket(scope, "FrontLogs", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [goneAfter(LOG_DAYS)],
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: "front-logs/",
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
