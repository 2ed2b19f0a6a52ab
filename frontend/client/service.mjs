/** @import * as types from "../types.mjs" */
import { PlanogramsApi } from "./planograms.mjs";
import { segment } from "./transport.mjs";

/** Routes, drivers and service orders. */
export class ServiceApi extends PlanogramsApi {
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
