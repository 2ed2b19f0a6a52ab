/**
 * CVD in a browser: `import { CVDApi } from "/api.mjs"`. Pages that use plain scripts load `/api.js`, which is built from
 * this; see docs/frontend.md.
 */
import { ApiError } from "./client/error.mjs";
import { MonitoringApi } from "./client/monitoring.mjs";
import { watchFetch } from "./client/session.mjs";

/** Every call that pages make; the parts inherit from each other, so that one object has them all. */
class CVDApi extends MonitoringApi {}

export { ApiError, CVDApi, watchFetch };
