const LOGIN_PAGE = "/pages/login.html";

/** What pages remember of the user, under this name. */
const REMEMBERED = "user";

/**
 * The session is over: forget the user and go to the login page, which leads back here. A page in a frame takes its
 * shell along, if that is of the same origin. The login page itself stays where it is.
 */
export function toLoginPage() {
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
export function watchFetch(base, signedOut) {
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
export function isSessionCall(url, base) {
  return url.startsWith(`${new URL(base, document.baseURI).href}/`) && !url.includes("/auth/login");
}
