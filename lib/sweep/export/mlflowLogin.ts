/**
 * The header `Authorization` that logs in to an MLflow server, from MLflow's own variables: MLFLOW_TRACKING_USERNAME with
 * MLFLOW_TRACKING_PASSWORD, or else MLFLOW_TRACKING_TOKEN, as MLflow's client orders them. Undefined where none is set; an empty
 * variable counts as not set.
 *
 * @throws RangeError for a name without a password, a password without a name, or a token that no header can hold
 */
export function mlflowLogin(env: Record<string, string | undefined>): string | undefined {
  const { MLFLOW_TRACKING_USERNAME: name, MLFLOW_TRACKING_PASSWORD: password, MLFLOW_TRACKING_TOKEN: token } = env;
  if (name && password) return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
  if (name || password) {
    const [there, missing] = name ? ["USERNAME", "PASSWORD"] : ["PASSWORD", "USERNAME"];
    throw new RangeError(
      `MLFLOW_TRACKING_${there} is set and MLFLOW_TRACKING_${missing} is not; set both, or MLFLOW_TRACKING_TOKEN alone`,
    );
  }
  if (!token) return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw new RangeError(
    "MLFLOW_TRACKING_TOKEN holds a space, a line end or another character that no token has; correct it",
  );
}
