/** @import * as types from "../types.mjs" */
import { SalesApi } from "./sales.mjs";
import { segment } from "./transport.mjs";

/** Audit reads of the machines (DEX). */
export class TelemetryApi extends SalesApi {
  /**
   * Take in a DEX file.
   *
   * @param {Blob} file
   * @returns {Promise<types.ParseDexAnswer>}
   */
  parseDexFile(file) {
    const form = new FormData();
    form.append("file", file);
    return this.send("POST", "/dex/parse", { body: form });
  }

  /**
   * A page of reads.
   *
   * @param {types.ListDexReadsQuery} [query]
   * @returns {Promise<types.ListDexReadsAnswer>}
   */
  getDexReads(query) {
    return this.send("GET", "/dex/reads", { query });
  }

  /**
   * One read with its records.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowDexReadAnswer>}
   */
  getDexRead(readId) {
    return this.send("GET", `/dex/reads/${segment(readId)}`);
  }

  /**
   * The selections of a read.
   *
   * @param {number} readId
   * @returns {Promise<types.ListPaRecordsAnswer>}
   */
  getDexPaRecords(readId) {
    return this.send("GET", `/dex/pa-records/${segment(readId)}`);
  }

  /**
   * The selections of a read as a grid.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowGridLayoutAnswer>}
   */
  getDexGridLayout(readId) {
    return this.send("GET", `/dex/grid-layout/${segment(readId)}`);
  }

  /**
   * How the selections of a read are numbered.
   *
   * @param {number} readId
   * @returns {Promise<types.ShowGridInfoAnswer>}
   */
  getDexGridInfo(readId) {
    return this.send("GET", `/dex/grid-info/${segment(readId)}`);
  }

  /**
   * The other records of a read.
   *
   * @param {number} readId
   * @returns {Promise<types.ListDexRecordsAnswer>}
   */
  getDexRecords(readId) {
    return this.send("GET", `/dex/records/${segment(readId)}`);
  }
}
