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
