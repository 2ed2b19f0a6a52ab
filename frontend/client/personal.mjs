/** @import * as types from "../types.mjs" */
import { KnowledgeApi } from "./knowledge.mjs";
import { segment } from "./transport.mjs";

/** What a browser keeps for its user, and what it reports. */
export class PersonalApi extends KnowledgeApi {
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
