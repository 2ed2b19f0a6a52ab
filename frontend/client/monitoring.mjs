/** @import * as types from "../types.mjs" */
import { PersonalApi } from "./personal.mjs";
import { segment } from "./transport.mjs";

/** Who uses the system, what deserves an alert, and how the system is. */
export class MonitoringApi extends PersonalApi {
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
