import { ApiError, refusal } from "./error.mjs";
import { isPassing, isSentOnce, newKey, pauseMs, REPEATS } from "./repeating.mjs";
import { toLoginPage } from "./session.mjs";

const TIMEOUT_MS = 30_000;

/**
 * @typedef {object} Options
 * @property {string} [base] Where the API is: `/api`, or a whole address of another origin, without a slash at its end.
 * @property {number} [timeout] Milliseconds until a try is given up.
 * @property {number} [repeats] How often a call is made again that failed for a passing reason.
 * @property {() => void} [signedOut] What happens when the session is over; the login page is shown unless told otherwise.
 */

/**
 * @typedef {object} Sending
 * @property {object} [query] Parameters after the question mark; what is undefined, null or empty is left out.
 * @property {unknown} [body] A value to be sent as JSON, or a FormData.
 * @property {AbortSignal} [signal] Gives the call up.
 * @property {number} [timeout] Milliseconds for this call.
 * @property {boolean} [keepalive] Let it be sent while the page is being left.
 */

/** Sends requests with the user's cookie, repeats what is safe to repeat, and turns refusals into `ApiError`s. */
export class Transport {
  /** @param {Options} [options] */
  constructor(options = {}) {
    this.base = options.base ?? "/api";
    this.timeout = options.timeout ?? TIMEOUT_MS;
    this.repeats = options.repeats ?? REPEATS;
    this.signedOut = options.signedOut ?? toLoginPage;
  }

  /**
   * Call any endpoint: `makeRequest("GET", "/devices")`, the same the other way round, or as with fetch:
   * `makeRequest("/devices", {method: "POST", body})`.
   *
   * @param {string} first The method, or the path.
   * @param {any} [second] The path, the method, or `{method, body}`; the body may be JSON already.
   * @param {unknown} [data] The body, where the method is given by itself.
   * @returns {Promise<any>}
   */
  async makeRequest(first, second, data) {
    if (typeof second === "string") {
      const [method, path] = second.startsWith("/") ? [first, second] : [second, first];
      return this.send(method.toUpperCase(), path, { body: data });
    }
    const { method = "GET", body, signal } = second ?? {};
    return this.send(method.toUpperCase(), first, { body: typeof body === "string" ? JSON.parse(body) : body, signal });
  }

  /**
   * @param {string} method
   * @param {string} path With or without the base.
   * @param {Sending} [sending]
   * @returns {Promise<any>} What the answer holds; null where it holds nothing.
   */
  async send(method, path, sending = {}) {
    return this.#repeatedly(method, path, sending, readJson);
  }

  /**
   * Fetch a file, such as a CSV export.
   *
   * @param {string} path
   * @param {object} [query]
   * @returns {Promise<{name: string, content: Blob}>}
   */
  async download(path, query) {
    return this.#repeatedly("GET", path, { query }, readFile);
  }

  /**
   * @template T
   * @param {string} method
   * @param {string} path
   * @param {Sending} sending
   * @param {(response: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #repeatedly(method, path, sending, read) {
    const inside = path.startsWith(`${this.base}/`) ? path.slice(this.base.length) : path;
    const isSafe = method === "GET" || !isSentOnce(method, inside.split("?")[0]);
    const request = {
      url: this.base + inside + queryOf(sending.query),
      init: { method, credentials: /** @type {const} */ ("include"), keepalive: sending.keepalive, ...(await encoded(sending.body)) },
    };
    // One key for all tries of one call: the server answers a repeated write as the first time.
    if (method !== "GET" && isSafe) request.init.headers["Idempotency-Key"] = newKey();
    for (let repeat = 0; ; repeat += 1) {
      try {
        return await this.#once(request, sending, read);
      } catch (error) {
        if (!(error instanceof ApiError) || !isSafe || repeat >= this.repeats || !isPassing(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs(error, repeat)));
      }
    }
  }

  /**
   * @template T
   * @param {{url: string, init: RequestInit}} request
   * @param {Sending} sending
   * @param {(response: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #once({ url, init }, sending, read) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort("timeout"), sending.timeout ?? this.timeout);
    const abandon = () => giveUp.abort("abandoned");
    sending.signal?.addEventListener("abort", abandon);
    if (sending.signal?.aborted) abandon();
    try {
      const response = await fetch(url, { ...init, signal: giveUp.signal });
      if (!response.ok) throw await this.#refused(response, url);
      return await read(response);
    } catch (error) {
      throw error instanceof ApiError ? error : unanswered(error, giveUp.signal);
    } finally {
      clearTimeout(timer);
      sending.signal?.removeEventListener("abort", abandon);
    }
  }

  /**
   * @param {Response} response
   * @param {string} url
   */
  async #refused(response, url) {
    const error = await refusal(response);
    if (error.status === 401 && !url.includes("/auth/login")) this.signedOut();
    return error;
  }
}

/**
 * One part of a path.
 *
 * @param {string|number} part
 */
export function segment(part) {
  return encodeURIComponent(String(part));
}

/** @param {object} [query] */
function queryOf(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/**
 * A body as it goes over the wire. A form is written once, so that a repeated upload is the same to the byte.
 *
 * @param {unknown} body
 * @returns {Promise<{headers: Record<string, string>, body?: BodyInit}>}
 */
async function encoded(body) {
  if (body === undefined || body === null) return { headers: {} };
  if (body instanceof FormData) {
    const form = new Response(body);
    return { headers: { "Content-Type": form.headers.get("Content-Type") ?? "" }, body: await form.arrayBuffer() };
  }
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** @param {Response} response */
async function readJson(response) {
  const text = await response.text();
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError("The answer is not JSON.", { code: "NOT_JSON", status: response.status, cause });
  }
}

/** @param {Response} response */
async function readFile(response) {
  const given = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "");
  const last = new URL(response.url).pathname.split("/").pop() ?? "";
  return { name: given ? given[1] : last, content: await response.blob() };
}

/**
 * @param {unknown} cause
 * @param {AbortSignal} signal
 */
function unanswered(cause, signal) {
  if (signal.reason === "timeout") return new ApiError("The server took too long to answer.", { code: "TIMEOUT", cause });
  if (signal.aborted) return new ApiError("The call was given up.", { code: "ABORTED", cause });
  return new ApiError("The server cannot be reached.", { code: "NETWORK", cause });
}
