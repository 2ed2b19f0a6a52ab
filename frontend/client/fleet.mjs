/** @import * as types from "../types.mjs" */
import { IdentityApi } from "./identity.mjs";
import { segment } from "./transport.mjs";

/** Devices and their types, places and products. */
export class FleetApi extends IdentityApi {
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
