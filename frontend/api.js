/* Made from api.mjs by `make openapi`; change that and its modules in client/. */
const CVDApi = (() => {
"use strict";
/** Why a call did not do what was asked: the server refused it, or no answer came. */
class ApiError extends Error {
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
async function refusal(response) {
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

/** How often a call is made again, at most. */
const REPEATS = 3;

const FIRST_PAUSE_MS = 500;
const LONGEST_WAIT_SECONDS = 10;

/** What may be over in a moment. Any other refusal would only be repeated. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_CODES = new Set(["NETWORK", "TIMEOUT", "REQUEST_IN_PROGRESS"]);

/**
 * Calls of which the server keeps no answer, since it holds a secret or is long, or since nobody is signed in. Repeated,
 * they would be carried out twice, so they are sent once.
 */
const SENT_ONCE = [
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
function isSentOnce(method, path) {
  return ONCE.some((one) => one.test(`${method} ${path}`));
}

/** @param {ApiError} error */
function isPassing(error) {
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
function pauseMs(error, repeat) {
  if (error.retryAfter !== null) return error.retryAfter * 1000;
  return FIRST_PAUSE_MS * 2 ** repeat * (0.5 + Math.random() / 2);
}

/** A new idempotency key; `crypto.randomUUID` exists on secure origins only. */
function newKey() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const LOGIN_PAGE = "/pages/login.html";

/** What pages remember of the user, under this name. */
const REMEMBERED = "user";

/**
 * The session is over: forget the user and go to the login page, which leads back here. A page in a frame takes its
 * shell along, if that is of the same origin. The login page itself stays where it is.
 */
function toLoginPage() {
  if (typeof window === "undefined") return;
  forgetUser();
  const shown = outermost();
  if (shown.location.pathname === LOGIN_PAGE) return;
  const { pathname, search, hash } = shown.location;
  shown.location.assign(`${LOGIN_PAGE}?return=${encodeURIComponent(pathname + search + hash)}`);
}

function forgetUser() {
  try {
    localStorage.removeItem(REMEMBERED);
  } catch {
    // A browser that forbids storage has nothing to forget.
  }
}

function outermost() {
  try {
    return window.top?.location.pathname === undefined ? window : window.top;
  } catch {
    return window; // The shell is of another origin and may not be looked at.
  }
}

/**
 * Watch the page's own `fetch` calls too: a 401 from the API means that there is no session, whoever asked.
 *
 * @param {string} base Where the API is, such as `/api`.
 * @param {() => void} signedOut
 */
function watchFetch(base, signedOut) {
  const inner = window.fetch;
  window.fetch = async (...given) => {
    const response = await inner.apply(window, given);
    if (response.status === 401 && isSessionCall(response.url, base)) signedOut();
    return response;
  };
}

/**
 * Whether a 401 from this address speaks of the session. A sign-in that fails speaks of the password.
 *
 * @param {string} url
 * @param {string} base
 */
function isSessionCall(url, base) {
  return url.startsWith(`${new URL(base, document.baseURI).href}/`) && !url.includes("/auth/login");
}

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
class Transport {
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
function segment(part) {
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

/** Who is signed in, and who the users are. */
class IdentityApi extends Transport {
  /**
   * Sign in; the session is a cookie that scripts cannot read.
   *
   * @param {types.LoginBody["username"]} username
   * @param {types.LoginBody["password"]} password
   * @returns {Promise<types.LoginAnswer>}
   */
  login(username, password) {
    return this.send("POST", "/auth/login", { body: { username, password } });
  }

  /**
   * Sign out; the same answer when nobody was signed in.
   *
   * @returns {Promise<types.LogoutAnswer>}
   */
  logout() {
    return this.send("POST", "/auth/logout");
  }

  /**
   * Who is signed in.
   *
   * @returns {Promise<types.CurrentUserAnswer>}
   */
  getCurrentUser() {
    return this.send("GET", "/auth/current-user");
  }

  /**
   * Change one's own password, which ends one's other sessions.
   *
   * @param {types.ChangePasswordBody["currentPassword"]} currentPassword
   * @param {types.ChangePasswordBody["newPassword"]} newPassword
   * @returns {Promise<types.ChangePasswordAnswer>}
   */
  changePassword(currentPassword, newPassword) {
    return this.send("POST", "/auth/change-password", { body: { currentPassword, newPassword } });
  }

  /**
   * Change one's own e-mail address.
   *
   * @param {types.UpdateProfileBody} profile
   * @returns {Promise<types.UpdateProfileAnswer>}
   */
  updateProfile(profile) {
    return this.send("PUT", "/auth/update-profile", { body: profile });
  }

  /**
   * One's own last sign-ins and sign-outs.
   *
   * @returns {Promise<types.OwnActivityAnswer>}
   */
  getCurrentUserActivity() {
    return this.send("GET", "/auth/activity");
  }

  /**
   * A page of users.
   *
   * @param {types.ListUsersQuery} [query]
   * @returns {Promise<types.ListUsersAnswer>}
   */
  getUsers(query) {
    return this.send("GET", "/users", { query });
  }

  /**
   * One user.
   *
   * @param {number} userId
   * @returns {Promise<types.GetUserAnswer>}
   */
  getUser(userId) {
    return this.send("GET", `/users/${segment(userId)}`);
  }

  /**
   * Make a user; a password that was drawn is told this once, so a lost answer is not asked for again.
   *
   * @param {types.CreateUserBody} user
   * @returns {Promise<types.CreateUserAnswer>}
   */
  createUser(user) {
    return this.send("POST", "/users", { body: user });
  }

  /**
   * Change a user's e-mail address, role or state.
   *
   * @param {number} userId
   * @param {types.UpdateUserBody} user
   * @returns {Promise<types.UpdateUserAnswer>}
   */
  updateUser(userId, user) {
    return this.send("PUT", `/users/${segment(userId)}`, { body: user });
  }

  /**
   * Deactivate a user.
   *
   * @param {number} userId
   * @returns {Promise<types.RemoveUserAnswer>}
   */
  deleteUser(userId) {
    return this.send("DELETE", `/users/${segment(userId)}`);
  }

  /**
   * Draw a new password for a user, told this once.
   *
   * @param {number} userId
   * @returns {Promise<types.ResetPasswordAnswer>}
   */
  resetPassword(userId) {
    return this.send("POST", `/users/${segment(userId)}/reset-password`);
  }

  /**
   * What a user did.
   *
   * @param {number} userId
   * @param {types.UserActivityQuery} [query]
   * @returns {Promise<types.UserActivityAnswer>}
   */
  getUserActivity(userId, query) {
    return this.send("GET", `/users/${segment(userId)}/activity`, { query });
  }

  /**
   * Send a user away; refused while orders are open.
   *
   * @param {number} userId
   * @returns {Promise<types.DeactivateUserAnswer>}
   */
  deactivateUser(userId) {
    return this.send("PUT", `/users/${segment(userId)}/deactivate`);
  }

  /**
   * Let a user in again.
   *
   * @param {number} userId
   * @returns {Promise<types.ActivateUserAnswer>}
   */
  activateUser(userId) {
    return this.send("PUT", `/users/${segment(userId)}/activate`);
  }

  /**
   * Delete a user, whose history stays.
   *
   * @param {number} userId
   * @returns {Promise<types.DeleteUserAnswer>}
   */
  softDeleteUser(userId) {
    return this.send("DELETE", `/users/${segment(userId)}/soft-delete`);
  }

  /**
   * What was done with a user's account, and by whom.
   *
   * @param {number} userId
   * @returns {Promise<types.UserAuditTrailAnswer>}
   */
  getUserAuditTrail(userId) {
    return this.send("GET", `/users/${segment(userId)}/audit-trail`);
  }

  /**
   * Send many users away; the answer tells for each.
   *
   * @param {types.BatchDeactivateUsersBody["user_ids"]} userIds
   * @returns {Promise<types.BatchDeactivateUsersAnswer>}
   */
  batchDeactivateUsers(userIds) {
    return this.send("POST", "/users/batch-deactivate", { body: { user_ids: userIds } });
  }

  /**
   * A user's open service orders.
   *
   * @param {number} userId
   * @returns {Promise<types.UserServiceOrdersAnswer>}
   */
  getUserServiceOrders(userId) {
    return this.send("GET", `/users/${segment(userId)}/service-orders`);
  }

  /**
   * How many users there are, and how that changed in 30 days.
   *
   * @returns {Promise<types.UserLifecycleMetricsAnswer>}
   */
  getUserLifecycleMetrics() {
    return this.send("GET", "/metrics/user-lifecycle");
  }
}

/** Devices and their types, places and products. */
class FleetApi extends IdentityApi {
  /**
   * All devices with their cabinets.
   *
   * @returns {Promise<types.ListDevicesAnswer>}
   */
  getDevices() {
    return this.send("GET", "/devices");
  }

  /**
   * Register a device with its cabinets.
   *
   * @param {types.CreateDeviceBody} device
   * @returns {Promise<types.CreateDeviceAnswer>}
   */
  createDevice(device) {
    return this.send("POST", "/devices", { body: device });
  }

  /**
   * Change a device.
   *
   * @param {number} deviceId
   * @param {types.EditDeviceBody} device
   * @returns {Promise<types.EditDeviceAnswer>}
   */
  updateDevice(deviceId, device) {
    return this.send("PUT", `/devices/${segment(deviceId)}`, { body: device });
  }

  /**
   * Delete a device; it can be recovered.
   *
   * @param {number} deviceId
   * @returns {Promise<types.DeleteDeviceAnswer>}
   */
  deleteDevice(deviceId) {
    return this.send("DELETE", `/devices/${segment(deviceId)}`);
  }

  /**
   * Delete many devices.
   *
   * @param {types.DeleteDevicesBody["deviceIds"]} deviceIds
   * @returns {Promise<types.DeleteDevicesAnswer>}
   */
  bulkDeleteDevices(deviceIds) {
    return this.send("POST", "/devices/bulk-delete", { body: { deviceIds } });
  }

  /**
   * The deleted devices.
   *
   * @returns {Promise<types.ListDeletedDevicesAnswer>}
   */
  getDeletedDevices() {
    return this.send("GET", "/admin/devices/deleted");
  }

  /**
   * Bring a deleted device back.
   *
   * @param {number} deviceId
   * @param {types.RecoverDeviceBody} [recovery]
   * @returns {Promise<types.RecoverDeviceAnswer>}
   */
  recoverDevice(deviceId, recovery) {
    return this.send("POST", `/admin/devices/${segment(deviceId)}/recover`, { body: recovery });
  }

  /**
   * Stock figures of a device.
   *
   * @param {number} deviceId
   * @returns {Promise<types.DeviceMetricsAnswer>}
   */
  getDeviceMetrics(deviceId) {
    return this.send("GET", `/devices/${segment(deviceId)}/metrics`);
  }

  /**
   * Stock figures of many devices, by id.
   *
   * @param {types.MetricsOfDevicesBody["deviceIds"]} deviceIds
   * @returns {Promise<types.MetricsOfDevicesAnswer>}
   */
  getDeviceMetricsBatch(deviceIds) {
    return this.send("POST", "/devices/metrics/batch", { body: { deviceIds } });
  }

  /**
   * The last visits to a device.
   *
   * @param {number} deviceId
   * @returns {Promise<types.GetServiceHistoryAnswer>}
   */
  getDeviceServiceHistory(deviceId) {
    return this.send("GET", `/devices/${segment(deviceId)}/service-history`);
  }

  /**
   * Note a visit that no order asked for.
   *
   * @param {types.RecordVisitBody} visit
   * @returns {Promise<types.RecordVisitAnswer>}
   */
  recordServiceVisit(visit) {
    return this.send("POST", "/service-visits", { body: visit });
  }

  /**
   * The types of devices.
   *
   * @returns {Promise<types.ListDeviceTypesAnswer>}
   */
  getDeviceTypes() {
    return this.send("GET", "/device-types");
  }

  /**
   * Make a type of devices.
   *
   * @param {types.CreateDeviceTypeBody} deviceType
   * @returns {Promise<types.CreateDeviceTypeAnswer>}
   */
  createDeviceType(deviceType) {
    return this.send("POST", "/device-types", { body: deviceType });
  }

  /**
   * The types of cabinets.
   *
   * @returns {Promise<types.ListCabinetTypesAnswer>}
   */
  getCabinetTypes() {
    return this.send("GET", "/cabinet-types");
  }

  /**
   * Make a type of cabinets.
   *
   * @param {types.CreateCabinetTypeBody} cabinetType
   * @returns {Promise<types.CreateCabinetTypeAnswer>}
   */
  createCabinetType(cabinetType) {
    return this.send("POST", "/cabinet-types", { body: cabinetType });
  }

  /**
   * All locations.
   *
   * @returns {Promise<types.ListLocationsAnswer>}
   */
  getLocations() {
    return this.send("GET", "/locations");
  }

  /**
   * Make a location.
   *
   * @param {types.CreateLocationBody} location
   * @returns {Promise<types.CreateLocationAnswer>}
   */
  createLocation(location) {
    return this.send("POST", "/locations", { body: location });
  }

  /**
   * Change a location.
   *
   * @param {number} locationId
   * @param {types.EditLocationBody} location
   * @returns {Promise<types.EditLocationAnswer>}
   */
  updateLocation(locationId, location) {
    return this.send("PUT", `/locations/${segment(locationId)}`, { body: location });
  }

  /**
   * Delete a location that no device is at.
   *
   * @param {number} locationId
   * @returns {Promise<types.DeleteLocationAnswer>}
   */
  deleteLocation(locationId) {
    return this.send("DELETE", `/locations/${segment(locationId)}`);
  }

  /**
   * Where an address is.
   *
   * @param {types.GeocodeAddressBody["address"]} address
   * @returns {Promise<types.GeocodeAddressAnswer>}
   */
  geocode(address) {
    return this.send("POST", "/geocode", { body: { address } });
  }

  /**
   * All products, or those of a category.
   *
   * @param {types.ListProductsQuery} [query]
   * @returns {Promise<types.ListProductsAnswer>}
   */
  getProducts(query) {
    return this.send("GET", "/products", { query });
  }

  /**
   * One product.
   *
   * @param {number} productId
   * @returns {Promise<types.GetProductAnswer>}
   */
  getProduct(productId) {
    return this.send("GET", `/products/${segment(productId)}`);
  }

  /**
   * The categories of products.
   *
   * @returns {Promise<types.ListCategoriesAnswer>}
   */
  getProductCategories() {
    return this.send("GET", "/products/categories");
  }

  /**
   * Make a product.
   *
   * @param {types.CreateProductBody} product
   * @returns {Promise<types.CreateProductAnswer>}
   */
  createProduct(product) {
    return this.send("POST", "/products", { body: product });
  }

  /**
   * Change a product.
   *
   * @param {number} productId
   * @param {types.EditProductBody} product
   * @returns {Promise<types.EditProductAnswer>}
   */
  updateProduct(productId, product) {
    return this.send("PUT", `/products/${segment(productId)}`, { body: product });
  }

  /**
   * Delete a product that is in no slot.
   *
   * @param {number} productId
   * @returns {Promise<types.DeleteProductAnswer>}
   */
  deleteProduct(productId) {
    return this.send("DELETE", `/products/${segment(productId)}`);
  }
}

/** What lies in which slot, and advice on it. */
class PlanogramsApi extends FleetApi {
  /**
   * The slots of a cabinet by position; the key is `<asset>-<cabinet type>-<index>`.
   *
   * @param {string} planogramKey
   * @returns {Promise<types.GetPlanogramAnswer>}
   */
  getPlanogram(planogramKey) {
    return this.send("GET", `/planograms/${segment(planogramKey)}`);
  }

  /**
   * Save slots; those that are not named stay as they are.
   *
   * @param {string} planogramKey
   * @param {object} planogramData
   * @returns {Promise<types.SavePlanogramAnswer>}
   */
  savePlanogram(planogramKey, planogramData) {
    return this.send("POST", "/planograms", { body: { planogramKey, planogramData } });
  }

  /**
   * All planograms with how full they are.
   *
   * @returns {Promise<types.ExportPlanogramsAnswer>}
   */
  exportPlanograms() {
    return this.send("GET", "/planograms/export");
  }

  /**
   * What lay in slots that were cleared.
   *
   * @param {string} planogramKey
   * @returns {Promise<types.ListClearedSlotsAnswer>}
   */
  getClearedSlots(planogramKey) {
    return this.send("GET", `/admin/planograms/${segment(planogramKey)}/cleared-slots`);
  }

  /**
   * Whether advice is to be had.
   *
   * @returns {Promise<types.AdviceByModelAnswer>}
   */
  getAIAvailable() {
    return this.send("GET", "/planograms/ai-available");
  }

  /**
   * What to change in a cabinet.
   *
   * @param {types.SuggestProductsBody["device_id"]} deviceId
   * @param {types.SuggestProductsBody["cabinet_index"]} cabinetIndex
   * @param {types.SuggestProductsBody["optimization_type"]} [optimizationType]
   * @returns {Promise<types.SuggestProductsAnswer>}
   */
  getAIRecommendations(deviceId, cabinetIndex, optimizationType) {
    return this.send("POST", "/planograms/ai-suggestions", { body: { device_id: deviceId, cabinet_index: cabinetIndex, optimization_type: optimizationType } });
  }

  /**
   * How good a place is for a product.
   *
   * @param {types.ScorePlacementBody} placement
   * @returns {Promise<types.ScorePlacementAnswer>}
   */
  getPlacementScore(placement) {
    return this.send("POST", "/planograms/realtime/score", { body: placement });
  }

  /**
   * What a planogram is expected to bring.
   *
   * @param {types.PredictRevenueBody["planogram"]} planogram
   * @param {types.PredictRevenueBody["days"]} [days]
   * @returns {Promise<types.PredictRevenueAnswer>}
   */
  predictRevenue(planogram, days) {
    return this.send("POST", "/planograms/predict/revenue", { body: { planogram, days } });
  }

  /**
   * Where in a device the money is made.
   *
   * @param {types.HeatZonesQuery["device_id"]} deviceId
   * @returns {Promise<types.HeatZonesAnswer>}
   */
  getHeatZones(deviceId) {
    return this.send("GET", "/planograms/optimize/heat-zones", { query: { device_id: deviceId } });
  }

  /**
   * A better planogram, and the moves to it.
   *
   * @param {types.OptimizePlanogramBody} request
   * @returns {Promise<types.OptimizePlanogramAnswer>}
   */
  optimizePlanogram(request) {
    return this.send("POST", "/planograms/optimize", { body: request });
  }

  /**
   * What to think of a placement while it is being dragged.
   *
   * @param {types.AnalysePlacementBody} request
   * @returns {Promise<types.AnalysePlacementAnswer>}
   */
  analyzePlacement(request) {
    return this.send("POST", "/planograms/realtime-analysis", { body: request });
  }

  /**
   * The best slots for a product.
   *
   * @param {types.OptimalSlotsBody} request
   * @returns {Promise<types.OptimalSlotsAnswer>}
   */
  getOptimalSlots(request) {
    return this.send("POST", "/planograms/optimal-slots", { body: request });
  }

  /**
   * Whether changes keep to the rules.
   *
   * @param {types.ValidateConstraintsBody} request
   * @returns {Promise<types.ValidateConstraintsAnswer>}
   */
  validateConstraints(request) {
    return this.send("POST", "/planograms/validate-constraints", { body: request });
  }
}

/** Routes, drivers and service orders. */
class ServiceApi extends PlanogramsApi {
  /**
   * All routes; a driver's own ones, wrapped in an object.
   *
   * @param {types.ListRoutesQuery} [query]
   * @returns {Promise<types.ListRoutesAnswer>}
   */
  getRoutes(query) {
    return this.send("GET", "/routes", { query });
  }

  /**
   * Make a route.
   *
   * @param {types.CreateRouteBody} route
   * @returns {Promise<types.CreateRouteAnswer>}
   */
  createRoute(route) {
    return this.send("POST", "/routes", { body: route });
  }

  /**
   * Change a route.
   *
   * @param {number} routeId
   * @param {types.UpdateRouteBody} route
   * @returns {Promise<types.UpdateRouteAnswer>}
   */
  updateRoute(routeId, route) {
    return this.send("PUT", `/routes/${segment(routeId)}`, { body: route });
  }

  /**
   * Delete a route.
   *
   * @param {number} routeId
   * @returns {Promise<types.DeleteRouteAnswer>}
   */
  deleteRoute(routeId) {
    return this.send("DELETE", `/routes/${segment(routeId)}`);
  }

  /**
   * The devices of a route and what they need.
   *
   * @param {number} routeId
   * @returns {Promise<types.ListRouteDevicesAnswer>}
   */
  getRouteDevices(routeId) {
    return this.send("GET", `/routes/${segment(routeId)}/devices`);
  }

  /**
   * Put a device onto a route.
   *
   * @param {number} routeId
   * @param {types.AssignDeviceBody["deviceId"]} deviceId
   * @returns {Promise<types.AssignDeviceAnswer>}
   */
  assignDeviceToRoute(routeId, deviceId) {
    return this.send("POST", `/routes/${segment(routeId)}/assign-device`, { body: { deviceId } });
  }

  /**
   * Take a device off a route.
   *
   * @param {number} routeId
   * @param {types.RemoveDeviceQuery["deviceId"]} deviceId
   * @returns {Promise<types.RemoveDeviceAnswer>}
   */
  removeDeviceFromRoute(routeId, deviceId) {
    return this.send("DELETE", `/routes/${segment(routeId)}/remove-device`, { query: { deviceId } });
  }

  /**
   * Those who may drive.
   *
   * @returns {Promise<types.ListDriversAnswer>}
   */
  getDrivers() {
    return this.send("GET", "/drivers");
  }

  /**
   * From when on a device is urgent.
   *
   * @returns {Promise<types.PlanningConfigAnswer>}
   */
  getRoutePlanningConfig() {
    return this.send("GET", "/route-planning/config");
  }

  /**
   * Change from when on a device is urgent.
   *
   * @param {types.ChangePlanningConfigBody} config
   * @returns {Promise<types.ChangePlanningConfigAnswer>}
   */
  updateRoutePlanningConfig(config) {
    return this.send("PUT", "/route-planning/config", { body: config });
  }

  /**
   * Orders, newest first; a driver's own ones.
   *
   * @param {types.ListOrdersQuery} [query]
   * @returns {Promise<types.ListOrdersAnswer>}
   */
  getServiceOrders(query) {
    return this.send("GET", "/service-orders", { query });
  }

  /**
   * One order, cabinet by cabinet.
   *
   * @param {number} orderId
   * @returns {Promise<types.GetOrderAnswer>}
   */
  getServiceOrder(orderId) {
    return this.send("GET", `/service-orders/${segment(orderId)}`);
  }

  /**
   * What an order would bring where.
   *
   * @param {types.PreviewOrderBody} request
   * @returns {Promise<types.PreviewOrderAnswer>}
   */
  previewServiceOrder(request) {
    return this.send("POST", "/service-orders/preview", { body: request });
  }

  /**
   * Make an order.
   *
   * @param {types.CreateOrderBody} order
   * @returns {Promise<types.CreateOrderAnswer>}
   */
  createServiceOrder(order) {
    return this.send("POST", "/service-orders", { body: order });
  }

  /**
   * Change an order or its state.
   *
   * @param {number} orderId
   * @param {types.UpdateOrderBody} change
   * @returns {Promise<types.UpdateOrderAnswer>}
   */
  updateServiceOrder(orderId, change) {
    return this.send("PUT", `/service-orders/${segment(orderId)}`, { body: change });
  }

  /**
   * What to load for an order.
   *
   * @param {number} orderId
   * @returns {Promise<types.GetPickListAnswer>}
   */
  getPickList(orderId) {
    return this.send("GET", `/service-orders/${segment(orderId)}/pick-list`);
  }

  /**
   * Report what was put into a cabinet.
   *
   * @param {number} cabinetOrderId
   * @param {types.ExecuteCabinetBody} report
   * @returns {Promise<types.ExecuteCabinetAnswer>}
   */
  executeCabinet(cabinetOrderId, report) {
    return this.send("POST", `/service-orders/cabinets/${segment(cabinetOrderId)}/execute`, { body: report });
  }

  /**
   * Undo what was reported.
   *
   * @param {number} cabinetOrderId
   * @param {types.RollBackCabinetBody} [rollback]
   * @returns {Promise<types.RollBackCabinetAnswer>}
   */
  rollbackCabinet(cabinetOrderId, rollback) {
    return this.send("POST", `/service-orders/cabinets/${segment(cabinetOrderId)}/rollback`, { body: rollback });
  }

  /**
   * Report a delivery by order and cabinet.
   *
   * @param {types.ExecuteOrderCabinetBody} delivery
   * @returns {Promise<types.ExecuteOrderCabinetAnswer>}
   */
  executeServiceOrder(delivery) {
    return this.send("POST", "/service-orders/execute", { body: delivery });
  }

  /**
   * Bring an order up that was changed offline; a conflict is an answer, not a refusal.
   *
   * @param {number} orderId
   * @param {types.SyncOrderBody} order
   * @returns {Promise<types.SyncOrderAnswer>}
   */
  syncServiceOrder(orderId, order) {
    return this.send("PUT", `/service-orders/${segment(orderId)}/sync`, { body: order });
  }

  /**
   * Carry out what was queued offline, each once and in order.
   *
   * @param {types.PushOfflineActionsBody["actions"]} actions
   * @returns {Promise<types.PushOfflineActionsAnswer>}
   */
  syncOffline(actions) {
    return this.send("POST", "/offline-sync", { body: { actions } });
  }

  /**
   * Tell where the driver is.
   *
   * @param {types.NoteDriverLocationBody} place
   * @returns {Promise<types.NoteDriverLocationAnswer>}
   */
  updateDriverLocation(place) {
    return this.send("POST", "/driver/location", { body: place });
  }
}

/** Photos of service orders: small ones by form, any by an upload straight to the storage. */
class PhotosApi extends ServiceApi {
  /**
   * Add a photo to an order.
   *
   * @param {number} orderId
   * @param {Blob} photo
   * @param {object} [facts]
   * @returns {Promise<types.UploadPhotoAnswer>}
   */
  uploadServiceOrderPhoto(orderId, photo, facts = {}) {
    const form = new FormData();
    form.append("orderId", String(orderId));
    form.append("photo", photo);
    for (const [name, value] of Object.entries(facts)) form.append(name, String(value));
    return this.send("POST", "/service-orders/photos", { body: form });
  }

  /**
   * The photos of an order.
   *
   * @param {number} orderId
   * @returns {Promise<types.ListPhotosAnswer>}
   */
  getServiceOrderPhotos(orderId) {
    return this.send("GET", `/service-orders/${segment(orderId)}/photos`);
  }

  /**
   * Ask for an upload straight to the storage.
   *
   * @param {number} orderId
   * @param {types.OfferPhotoUploadBody} wish
   * @returns {Promise<types.OfferPhotoUploadAnswer>}
   */
  offerPhotoUpload(orderId, wish) {
    return this.send("POST", `/service-orders/${segment(orderId)}/photos/uploads`, { body: wish });
  }

  /**
   * Make what was uploaded a photo of the order.
   *
   * @param {number} orderId
   * @param {types.ConfirmPhotoUploadBody} photo
   * @returns {Promise<types.ConfirmPhotoUploadAnswer>}
   */
  confirmPhotoUpload(orderId, photo) {
    return this.send("POST", `/service-orders/${segment(orderId)}/photos/confirm`, { body: photo });
  }

  /**
   * Add a photo of up to 5 MiB straight to the storage: ask, send, confirm. Called again after a failure, it sends only
   * what is not there yet. Needs a secure origin, as the photo's digest is worked out here.
   *
   * @param {number} orderId
   * @param {Blob} photo
   * @param {Omit<types.ConfirmPhotoUploadBody, "sha256"|"size">} [facts]
   * @returns {Promise<number>} The photo's id.
   */
  async uploadLargeServiceOrderPhoto(orderId, photo, facts = {}) {
    const told = { sha256: await digestOf(photo), size: photo.size };
    const { photoId, upload } = await this.offerPhotoUpload(orderId, { ...told, contentType: photo.type });
    if (upload === null) return /** @type {number} */ (photoId);
    await sendTo(upload.url, upload.headers, photo);
    return (await this.confirmPhotoUpload(orderId, { ...facts, ...told })).photoId;
  }
}

/**
 * @param {Blob} content
 * @returns {Promise<string>} SHA-256 in hexadecimal digits.
 */
async function digestOf(content) {
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The storage is no part of the API: it gets no cookie, and answers in words of its own.
 *
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Blob} content
 */
async function sendTo(url, headers, content) {
  const response = await fetch(url, { method: "PUT", headers, body: content }).catch((cause) => {
    throw new ApiError("The storage cannot be reached.", { code: "NETWORK", cause });
  });
  if (!response.ok) throw new ApiError("The storage did not take the photo.", { code: "STORAGE", status: response.status });
}

/** Sales, reports and the dashboard. */
class SalesApi extends PhotosApi {
  /**
   * Sales, newest first.
   *
   * @param {types.ListSalesQuery} [query]
   * @returns {Promise<types.ListSalesAnswer>}
   */
  getSales(query) {
    return this.send("GET", "/sales", { query });
  }

  /**
   * Record a sale.
   *
   * @param {types.CreateSaleBody} sale
   * @returns {Promise<types.CreateSaleAnswer>}
   */
  createSale(sale) {
    return this.send("POST", "/sales", { body: sale });
  }

  /**
   * Sales by device, product or day.
   *
   * @param {types.SalesSummaryQuery} [query]
   * @returns {Promise<types.SalesSummaryAnswer>}
   */
  getSalesSummary(query) {
    return this.send("GET", "/sales/summary", { query });
  }

  /**
   * Sales of each device.
   *
   * @param {types.AssetReportQuery["start_date"]} startDate
   * @param {types.AssetReportQuery["end_date"]} endDate
   * @returns {Promise<types.AssetReportAnswer>}
   */
  getAssetReport(startDate, endDate) {
    return this.send("GET", "/sales/asset-report", { query: { start_date: startDate, end_date: endDate } });
  }

  /**
   * Sales of each product.
   *
   * @param {types.ProductReportQuery["start_date"]} startDate
   * @param {types.ProductReportQuery["end_date"]} endDate
   * @returns {Promise<types.ProductReportAnswer>}
   */
  getProductReport(startDate, endDate) {
    return this.send("GET", "/sales/product-report", { query: { start_date: startDate, end_date: endDate } });
  }

  /**
   * Make sales to try things with.
   *
   * @param {types.MakeDemoSalesBody} wish
   * @returns {Promise<types.MakeDemoSalesAnswer>}
   */
  generateDemoData(wish) {
    return this.send("POST", "/sales/generate-demo-data", { body: wish });
  }

  /**
   * Work out every stock figure anew.
   *
   * @returns {Promise<types.CalculateMetricsAnswer>}
   */
  calculateMetrics() {
    return this.send("POST", "/metrics/calculate");
  }

  /**
   * This week's revenue.
   *
   * @returns {Promise<types.WeeklyMetricsAnswer>}
   */
  getWeeklyMetrics() {
    return this.send("GET", "/metrics/weekly");
  }

  /**
   * The revenue of the last six months.
   *
   * @returns {Promise<types.RevenueTimelineAnswer>}
   */
  getTimeline() {
    return this.send("GET", "/metrics/timeline");
  }

  /**
   * How far this month's aim is reached.
   *
   * @returns {Promise<types.MonthAchievementsAnswer>}
   */
  getAchievements() {
    return this.send("GET", "/metrics/achievements");
  }

  /**
   * The best device, place and growth.
   *
   * @returns {Promise<types.TopPerformersAnswer>}
   */
  getTopPerformers() {
    return this.send("GET", "/metrics/top-performers");
  }
}

/** Audit reads of the machines (DEX). */
class TelemetryApi extends SalesApi {
  /**
   * Take in a DEX file.
   *
   * @param {Blob} file
   * @returns {Promise<types.ParseDexAnswer>}
   */
  parseDexFile(file) {
    const form = new FormData();
    form.append("file", file);
    return this.send("POST", "/dex/parse", { body: form });
  }

  /**
   * A page of reads.
   *
   * @param {types.ListDexReadsQuery} [query]
   * @returns {Promise<types.ListDexReadsAnswer>}
   */
  getDexReads(query) {
    return this.send("GET", "/dex/reads", { query });
  }

  /**
   * One read with its records.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowDexReadAnswer>}
   */
  getDexRead(readId) {
    return this.send("GET", `/dex/reads/${segment(readId)}`);
  }

  /**
   * The selections of a read.
   *
   * @param {number} readId
   * @returns {Promise<types.ListPaRecordsAnswer>}
   */
  getDexPaRecords(readId) {
    return this.send("GET", `/dex/pa-records/${segment(readId)}`);
  }

  /**
   * The selections of a read as a grid.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowGridLayoutAnswer>}
   */
  getDexGridLayout(readId) {
    return this.send("GET", `/dex/grid-layout/${segment(readId)}`);
  }

  /**
   * How the selections of a read are numbered.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowGridInfoAnswer>}
   */
  getDexGridInfo(readId) {
    return this.send("GET", `/dex/grid-info/${segment(readId)}`);
  }

  /**
   * The other records of a read.
   *
   * @param {number} readId
   * @returns {Promise<types.ListDexRecordsAnswer>}
   */
  getDexRecords(readId) {
    return this.send("GET", `/dex/records/${segment(readId)}`);
  }
}

/** The assistant and the knowledge base. */
class KnowledgeApi extends TelemetryApi {
  /**
   * Ask the assistant.
   *
   * @param {types.AskAssistantBody["message"]} message
   * @param {object} [context]
   * @returns {Promise<types.AskAssistantAnswer>}
   */
  sendChatMessage(message, context) {
    return this.send("POST", "/chat", { body: { message, context } });
  }

  /**
   * The articles, without their text.
   *
   * @returns {Promise<types.ListArticlesAnswer>}
   */
  getKnowledgeBaseArticles() {
    return this.send("GET", "/knowledge-base/articles");
  }

  /**
   * One article.
   *
   * @param {string} articleId
   * @returns {Promise<types.ShowArticleAnswer>}
   */
  getKnowledgeBaseArticle(articleId) {
    return this.send("GET", `/knowledge-base/articles/${segment(articleId)}`);
  }

  /**
   * Articles that speak of something.
   *
   * @param {types.SearchArticlesQuery["q"]} q
   * @param {Omit<types.SearchArticlesQuery, "q">} [filters]
   * @returns {Promise<types.SearchArticlesAnswer>}
   */
  searchKnowledgeBase(q, filters) {
    return this.send("GET", "/knowledge-base/search", { query: { q, ...filters } });
  }

  /**
   * The categories of articles.
   *
   * @returns {Promise<types.ListArticleCategoriesAnswer>}
   */
  getKnowledgeBaseCategories() {
    return this.send("GET", "/knowledge-base/categories");
  }

  /**
   * How much the knowledge base holds.
   *
   * @returns {Promise<types.ShowKnowledgeStatsAnswer>}
   */
  getKnowledgeBaseStats() {
    return this.send("GET", "/knowledge-base/stats");
  }

  /**
   * Say what one thinks of an article.
   *
   * @param {types.KeepArticleFeedbackBody} feedback
   * @returns {Promise<types.KeepArticleFeedbackAnswer>}
   */
  sendKnowledgeBaseFeedback(feedback) {
    return this.send("POST", "/knowledge-base/feedback", { body: feedback });
  }
}

/** What a browser keeps for its user, and what it reports. */
class PersonalApi extends KnowledgeApi {
  /**
   * One's own preferences.
   *
   * @returns {Promise<types.ShowPreferencesAnswer>}
   */
  getUserPreferences() {
    return this.send("GET", "/user/preferences");
  }

  /**
   * Keep one's own preferences.
   *
   * @param {types.KeepPreferencesBody["preferences"]} preferences
   * @returns {Promise<types.KeepPreferencesAnswer>}
   */
  updateUserPreferences(preferences) {
    return this.send("PUT", "/user/preferences", { body: { preferences } });
  }

  /**
   * Set a user's picture.
   *
   * @param {number} userId
   * @param {Blob} avatar
   * @returns {Promise<types.ChangeAvatarAnswer>}
   */
  uploadAvatar(userId, avatar) {
    const form = new FormData();
    form.append("avatar", avatar);
    return this.send("POST", `/user/${segment(userId)}/avatar`, { body: form });
  }

  /**
   * Take a user's picture away.
   *
   * @param {number} userId
   * @returns {Promise<types.RemoveAvatarAnswer>}
   */
  deleteAvatar(userId) {
    return this.send("DELETE", `/user/${segment(userId)}/avatar`);
  }

  /**
   * Let this browser be pushed to.
   *
   * @param {types.SubscribeToPushBody["subscription"]} subscription
   * @param {object} [deviceInfo]
   * @returns {Promise<types.SubscribeToPushAnswer>}
   */
  subscribeToPush(subscription, deviceInfo) {
    return this.send("POST", "/push/subscribe", { body: { subscription, deviceInfo } });
  }

  /**
   * Let this browser be pushed to no more.
   *
   * @param {types.UnsubscribeFromPushBody["endpoint"]} endpoint
   * @returns {Promise<types.UnsubscribeFromPushAnswer>}
   */
  unsubscribeFromPush(endpoint) {
    return this.send("POST", "/push/unsubscribe", { body: { endpoint } });
  }

  /**
   * Report what happened in the page; sent even while it is being left.
   *
   * @param {types.ReportEventBody} event
   * @returns {Promise<types.ReportEventAnswer>}
   */
  trackEvent(event) {
    return this.send("POST", "/analytics/event", { body: event, keepalive: true });
  }

  /**
   * Report what went wrong in the page; sent even while it is being left.
   *
   * @param {types.ReportErrorBody} report
   * @returns {Promise<types.ReportErrorAnswer>}
   */
  trackError(report) {
    return this.send("POST", "/errors/track", { body: report, keepalive: true });
  }

  /**
   * Note that a page was looked at.
   *
   * @param {types.TrackActivityBody} activity
   * @returns {Promise<types.TrackActivityAnswer>}
   */
  trackActivity(activity) {
    return this.send("POST", "/activity/track", { body: activity });
  }

  /**
   * How many orders wait.
   *
   * @returns {Promise<types.CountPendingOrdersAnswer>}
   */
  getPendingOrderCount() {
    return this.send("GET", "/service-orders/pending-count");
  }

  /**
   * How many devices need somebody.
   *
   * @returns {Promise<types.CountDeviceAlertsAnswer>}
   */
  getDeviceAlertCount() {
    return this.send("GET", "/devices/alert-count");
  }

  /**
   * How many notices are unread.
   *
   * @returns {Promise<types.CountNotificationsAnswer>}
   */
  getUnreadNotificationCount() {
    return this.send("GET", "/notifications/unread-count");
  }

  /**
   * How many products run low.
   *
   * @returns {Promise<types.CountLowStockAnswer>}
   */
  getLowStockCount() {
    return this.send("GET", "/inventory/low-stock-count");
  }

  /**
   * How many devices are due for a visit.
   *
   * @returns {Promise<types.CountMaintenanceDueAnswer>}
   */
  getMaintenanceDueCount() {
    return this.send("GET", "/maintenance/due-count");
  }
}

/** Who uses the system, what deserves an alert, and how the system is. */
class MonitoringApi extends PersonalApi {
  /**
   * Who is signed in now.
   *
   * @param {types.CurrentActivityQuery} [query]
   * @returns {Promise<types.CurrentActivityAnswer>}
   */
  getCurrentActivity(query) {
    return this.send("GET", "/admin/activity/current", { query });
  }

  /**
   * What a user looked at.
   *
   * @param {number} userId
   * @param {types.ActivityHistoryQuery} [query]
   * @returns {Promise<types.ActivityHistoryAnswer>}
   */
  getActivityHistory(userId, query) {
    return this.send("GET", `/admin/activity/history/${segment(userId)}`, { query });
  }

  /**
   * A day's use.
   *
   * @param {types.ActivitySummaryQuery} [query]
   * @returns {Promise<types.ActivitySummaryAnswer>}
   */
  getActivitySummary(query) {
    return this.send("GET", "/admin/activity/summary", { query });
  }

  /**
   * Alerts about the use.
   *
   * @param {types.ActivityAlertsQuery} [query]
   * @returns {Promise<types.ActivityAlertsAnswer>}
   */
  getActivityAlerts(query) {
    return this.send("GET", "/admin/activity/alerts", { query });
  }

  /**
   * Note that an alert was seen.
   *
   * @param {number} alertId
   * @returns {Promise<types.AcknowledgeActivityAlertAnswer>}
   */
  acknowledgeActivityAlert(alertId) {
    return this.send("POST", `/admin/activity/alerts/${segment(alertId)}/acknowledge`);
  }

  /**
   * End somebody's session.
   *
   * @param {string} sessionId
   * @returns {Promise<types.TerminateSessionAnswer>}
   */
  terminateSession(sessionId) {
    return this.send("POST", `/admin/sessions/${segment(sessionId)}/terminate`);
  }

  /**
   * The use over time.
   *
   * @param {types.ActivityTrendsQuery} query
   * @returns {Promise<types.ActivityTrendsAnswer>}
   */
  getActivityTrends(query) {
    return this.send("GET", "/admin/activity/trends", { query });
  }

  /**
   * The use over time as a file.
   *
   * @param {types.ExportActivityQuery} query
   * @returns {Promise<{name: string, content: Blob}>}
   */
  exportActivity(query) {
    return this.download("/admin/activity/export", query);
  }

  /**
   * Whether the monitoring works.
   *
   * @returns {Promise<types.MonitorHealthAnswer>}
   */
  getActivityHealth() {
    return this.send("GET", "/admin/activity/health");
  }

  /**
   * What the trends' cache holds.
   *
   * @returns {Promise<types.MonitorCacheStatsAnswer>}
   */
  getActivityCacheStats() {
    return this.send("GET", "/admin/activity/cache/stats");
  }

  /**
   * Empty the trends' cache.
   *
   * @returns {Promise<types.ClearMonitorCacheAnswer>}
   */
  clearActivityCache() {
    return this.send("POST", "/admin/activity/cache/clear");
  }

  /**
   * What security has to look at.
   *
   * @returns {Promise<types.SecurityDashboardAnswer>}
   */
  getSecurityDashboard() {
    return this.send("GET", "/security/dashboard");
  }

  /**
   * Note that a security alert was seen.
   *
   * @param {number} alertId
   * @returns {Promise<types.AcknowledgeAlertAnswer>}
   */
  acknowledgeSecurityAlert(alertId) {
    return this.send("POST", `/security/alerts/${segment(alertId)}/acknowledge`);
  }

  /**
   * The addresses that are kept out.
   *
   * @returns {Promise<types.ListIpBlocksAnswer>}
   */
  getIpBlocks() {
    return this.send("GET", "/security/ip-blocks");
  }

  /**
   * Let an address in again.
   *
   * @param {string} ipAddress
   * @returns {Promise<types.UnblockAddressAnswer>}
   */
  unblockIp(ipAddress) {
    return this.send("POST", `/security/ip-blocks/${segment(ipAddress)}/unblock`);
  }

  /**
   * Whether the API is there.
   *
   * @returns {Promise<types.HealthAnswer>}
   */
  checkHealth() {
    return this.send("GET", "/health");
  }

  /**
   * Run one read-only query over the reporting views.
   *
   * @param {types.RunQueryBody["query"]} query
   * @returns {Promise<types.RunQueryAnswer>}
   */
  executeQuery(query) {
    return this.send("POST", "/query", { body: { query } });
  }

  /**
   * Take over what an old browser kept in its storage.
   *
   * @param {types.MigrateStorageBody} data
   * @returns {Promise<types.MigrateStorageAnswer>}
   */
  migrateData(data) {
    return this.send("POST", "/migrate", { body: data });
  }
}

/**
 * CVD in a browser: `import { CVDApi } from "/api.mjs"`. Pages that use plain scripts load `/api.js`, which is built from
 * this; see docs/frontend.md.
 */

/** Every call that pages make; the parts inherit from each other, so that one object has them all. */
class CVDApi extends MonitoringApi {}

CVDApi.ApiError = ApiError;
const shared = new CVDApi();
for (const name of ["cvdApi", "api"]) {
  Object.defineProperty(window, name, { value: shared, configurable: true, writable: true });
}
watchFetch(shared.base, shared.signedOut);
return CVDApi;
})();
