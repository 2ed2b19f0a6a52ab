/** Why a call did not do what was asked: the server refused it, or no answer came. */
export class ApiError extends Error {
  /**
   * @param {string} message One sentence for a person; the server's own where there is one.
   * @param {object} [facts]
   * @param {string} [facts.code] A word for programs, such as `VERSION_CONFLICT`; of our own: NETWORK, TIMEOUT, ABORTED, NOT_JSON.
   * @param {number} [facts.status] The HTTP status; 0 where no answer came.
   * @param {Record<string, unknown>} [facts.details] What the server says beside the sentence.
   * @param {string|null} [facts.requestId] Names the request in the server's log.
   * @param {number|null} [facts.retryAfter] Seconds that the server asks to wait.
   * @param {unknown} [facts.cause]
   */
  constructor(message, facts = {}) {
    super(message, { cause: facts.cause });
    this.name = "ApiError";
    this.code = facts.code ?? "UNKNOWN";
    this.status = facts.status ?? 0;
    this.details = facts.details ?? {};
    this.requestId = facts.requestId ?? null;
    this.retryAfter = facts.retryAfter ?? null;
  }
}

/**
 * What a refusal says. Pages may have read the body before us, as helpers do that show every error: then the status is
 * all there is.
 *
 * @param {Response} response
 * @returns {Promise<ApiError>}
 */
export async function refusal(response) {
  const body = parsed(await response.text().catch(() => ""));
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new ApiError(sentence(body) ?? `HTTP ${response.status}`, {
    code: typeof body.code === "string" ? body.code : undefined,
    status: response.status,
    details: detailsOf(body),
    requestId: body.requestId ?? response.headers.get("X-Request-Id"),
    retryAfter: Number.isNaN(seconds) ? null : seconds,
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // A proxy's page, or nothing.
  }
}

/**
 * The sentence: `error` is a text everywhere but in the answers about DEX files, where it is an object.
 *
 * @param {any} body
 */
function sentence(body) {
  const said = [body.error?.message, body.error, body.message];
  return said.find((one) => typeof one === "string" && one !== "");
}

/** @param {any} body */
function detailsOf(body) {
  return body.details ?? (typeof body.error === "object" && body.error !== null ? body.error : {});
}
