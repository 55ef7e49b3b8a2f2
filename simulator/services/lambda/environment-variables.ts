import { devNull } from 'node:os';

/**
 * All environment variables of a function's code: those of the template and those of the Lambda runtime,
 * none of the machine's. An execution environment adds the name of its log stream.
 *
 * Only `AWS_ENDPOINT_URL` directs a function to the simulator instead of AWS. Source: Lambda developer
 * guide, "Defined runtime environment variables".
 */
export function environmentVariables({
  own,
  functionName,
  memoryMb,
  handler,
  folder,
  region,
  endpoint,
  credentials,
  logFormat,
  logLevel,
  logGroup,
}: {
  /** The template's `Environment.Variables`. */
  own: Readonly<Record<string, string>>;
  functionName: string;
  memoryMb: number;
  handler: string;
  folder: string;
  region: string;
  /** The gateway: `http://127.0.0.1:4801` */
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  logFormat: string;
  /** Of the application. Undefined: Lambda has none for text. */
  logLevel: string | undefined;
  logGroup: string;
}): Record<string, string> {
  return {
    ...own,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: logFormat,
    ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    // The SDK would otherwise read the AWS profile of the user of the simulator.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
