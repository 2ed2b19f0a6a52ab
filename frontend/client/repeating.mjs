import { ApiError } from "./error.mjs";

/** How often a call is made again, at most. */
export const REPEATS = 3;

const FIRST_PAUSE_MS = 500;
const LONGEST_WAIT_SECONDS = 10;

/** What may be over in a moment. Any other refusal would only be repeated. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_CODES = new Set(["NETWORK", "TIMEOUT", "REQUEST_IN_PROGRESS"]);

/**
 * Calls of which the server keeps no answer, since it holds a secret or is long, or since nobody is signed in. Repeated,
 * they would be carried out twice, so they are sent once.
 */
export const SENT_ONCE = [
  "POST /analytics/event",
  "POST /auth/forgot-password",
  "POST /auth/forgot-password/confirm",
  "POST /auth/login",
  "POST /auth/login/mfa",
  "POST /auth/logout",
  "POST /auth/mfa/setup",
  "POST /auth/refresh",
  "POST /errors/track",
  "POST /partners/clients",
  "POST /partners/clients/{}/rotate",
  "POST /partners/inbound",
  "POST /partners/inbound/{}/secret",
  "POST /query",
  "POST /service-orders/{}/photos/uploads",
  "POST /telemetry/webhooks/{}",
  "POST /users",
  "POST /users/{}/reset-password",
  "POST /webhooks",
  "POST /webhooks/{}/secret",
];

const ONCE = SENT_ONCE.map((one) => new RegExp(`^${one.replaceAll("{}", "[^/]+")}/?$`));

/**
 * @param {string} method
 * @param {string} path Without the base and the query.
 */
export function isSentOnce(method, path) {
  return ONCE.some((one) => one.test(`${method} ${path}`));
}

/** @param {ApiError} error */
export function isPassing(error) {
  if (error.retryAfter !== null && error.retryAfter > LONGEST_WAIT_SECONDS) return false;
  return PASSING_STATUSES.has(error.status) || PASSING_CODES.has(error.code);
}

/**
 * How long to wait: as long as the server asks, else twice as long each time, spread so that many clients do not come
 * back at once.
 *
 * @param {ApiError} error
 * @param {number} repeat Counted from 0.
 */
export function pauseMs(error, repeat) {
  if (error.retryAfter !== null) return error.retryAfter * 1000;
  return FIRST_PAUSE_MS * 2 ** repeat * (0.5 + Math.random() / 2);
}

/** A new idempotency key; `crypto.randomUUID` exists on secure origins only. */
export function newKey() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
