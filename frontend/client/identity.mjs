/** @import * as types from "../types.mjs" */
import { Transport, segment } from "./transport.mjs";

/** Who is signed in, and who the users are. */
export class IdentityApi extends Transport {
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
