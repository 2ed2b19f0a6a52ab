/** @import * as types from "../types.mjs" */
import { ApiError } from "./error.mjs";
import { ServiceApi } from "./service.mjs";
import { segment } from "./transport.mjs";

/** Photos of service orders: small ones by form, any by an upload straight to the storage. */
export class PhotosApi extends ServiceApi {
  /**
   * Add a photo to an order.
   *
   * @param {number} orderId
   * @param {Blob} photo
   * @param {object} [facts]
   * @returns {Promise<types.UploadPhotoAnswer>}
   */
  uploadServiceOrderPhoto(orderId, photo, facts = {}) {
    const form = new FormData();
    form.append("orderId", String(orderId));
    form.append("photo", photo);
    for (const [name, value] of Object.entries(facts)) form.append(name, String(value));
    return this.send("POST", "/service-orders/photos", { body: form });
  }

  /**
   * The photos of an order.
   *
   * @param {number} orderId
   * @returns {Promise<types.ListPhotosAnswer>}
   */
  getServiceOrderPhotos(orderId) {
    return this.send("GET", `/service-orders/${segment(orderId)}/photos`);
  }

  /**
   * Ask for an upload straight to the storage.
   *
   * @param {number} orderId
   * @param {types.OfferPhotoUploadBody} wish
   * @returns {Promise<types.OfferPhotoUploadAnswer>}
   */
  offerPhotoUpload(orderId, wish) {
    return this.send("POST", `/service-orders/${segment(orderId)}/photos/uploads`, { body: wish });
  }

  /**
   * Make what was uploaded a photo of the order.
   *
   * @param {number} orderId
   * @param {types.ConfirmPhotoUploadBody} photo
   * @returns {Promise<types.ConfirmPhotoUploadAnswer>}
   */
  confirmPhotoUpload(orderId, photo) {
    return this.send("POST", `/service-orders/${segment(orderId)}/photos/confirm`, { body: photo });
  }

  /**
   * Add a photo of up to 5 MiB straight to the storage: ask, send, confirm. Called again after a failure, it sends only
   * what is not there yet. Needs a secure origin, as the photo's digest is worked out here.
   *
   * @param {number} orderId
   * @param {Blob} photo
   * @param {Omit<types.ConfirmPhotoUploadBody, "sha256"|"size">} [facts]
   * @returns {Promise<number>} The photo's id.
   */
  async uploadLargeServiceOrderPhoto(orderId, photo, facts = {}) {
    const told = { sha256: await digestOf(photo), size: photo.size };
    const { photoId, upload } = await this.offerPhotoUpload(orderId, { ...told, contentType: photo.type });
    if (upload === null) return /** @type {number} */ (photoId);
    await sendTo(upload.url, upload.headers, photo);
    return (await this.confirmPhotoUpload(orderId, { ...facts, ...told })).photoId;
  }
}

/**
 * @param {Blob} content
 * @returns {Promise<string>} SHA-256 in hexadecimal digits.
 */
async function digestOf(content) {
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The storage is no part of the API: it gets no cookie, and answers in words of its own.
 *
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Blob} content
 */
async function sendTo(url, headers, content) {
  const response = await fetch(url, { method: "PUT", headers, body: content }).catch((cause) => {
    throw new ApiError("The storage cannot be reached.", { code: "NETWORK", cause });
  });
  if (!response.ok) throw new ApiError("The storage did not take the photo.", { code: "STORAGE", status: response.status });
}
