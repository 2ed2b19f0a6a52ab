/** @import * as types from "../types.mjs" */
import { PhotosApi } from "./photos.mjs";

/** Sales, reports and the dashboard. */
export class SalesApi extends PhotosApi {
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
