/** @import * as types from "../types.mjs" */
import { FleetApi } from "./fleet.mjs";
import { segment } from "./transport.mjs";

/** What lies in which slot, and advice on it. */
export class PlanogramsApi extends FleetApi {
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
   * @returns {Promise<any>}
   */
  getAIAvailable() {
    return this.send("GET", "/planograms/ai-available");
  }

  /**
   * What to change in a cabinet.
   *
   * @param {number} deviceId
   * @param {number} cabinetIndex
   * @param {string} [optimizationType]
   * @returns {Promise<any>}
   */
  getAIRecommendations(deviceId, cabinetIndex, optimizationType) {
    return this.send("POST", "/planograms/ai-suggestions", { body: { device_id: deviceId, cabinet_index: cabinetIndex, optimization_type: optimizationType } });
  }

  /**
   * How good a place is for a product.
   *
   * @param {object} placement
   * @returns {Promise<any>}
   */
  getPlacementScore(placement) {
    return this.send("POST", "/planograms/realtime/score", { body: placement });
  }

  /**
   * What a planogram is expected to bring.
   *
   * @param {object} planogram
   * @param {number} [days]
   * @returns {Promise<any>}
   */
  predictRevenue(planogram, days) {
    return this.send("POST", "/planograms/predict/revenue", { body: { planogram, days } });
  }

  /**
   * Where in a device the money is made.
   *
   * @param {number} deviceId
   * @returns {Promise<any>}
   */
  getHeatZones(deviceId) {
    return this.send("GET", "/planograms/optimize/heat-zones", { query: { device_id: deviceId } });
  }

  /**
   * A better planogram, and the moves to it.
   *
   * @param {object} request
   * @returns {Promise<any>}
   */
  optimizePlanogram(request) {
    return this.send("POST", "/planograms/optimize", { body: request });
  }

  /**
   * What to think of a placement while it is being dragged.
   *
   * @param {object} request
   * @returns {Promise<any>}
   */
  analyzePlacement(request) {
    return this.send("POST", "/planograms/realtime-analysis", { body: request });
  }

  /**
   * The best slots for a product.
   *
   * @param {object} request
   * @returns {Promise<any>}
   */
  getOptimalSlots(request) {
    return this.send("POST", "/planograms/optimal-slots", { body: request });
  }

  /**
   * Whether changes keep to the rules.
   *
   * @param {object} request
   * @returns {Promise<any>}
   */
  validateConstraints(request) {
    return this.send("POST", "/planograms/validate-constraints", { body: request });
  }
}
