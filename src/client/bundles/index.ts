/**
 * A space or a slice as one portable file.
 *
 * @module chat-spaces/bundles
 */

export type {
  BundleHeader,
  BundleLoss,
  BundlePart,
  BundleTrailer,
  EventCounts,
} from "../../sharing/bundles/format.js";
export type { BundleLimits, BundleSource } from "../../sharing/bundles/scan.js";
export { readSliceBundle, sliceToBundle } from "../../sharing/bundles/slice.js";
export { unzipBundle, type ZipLimits, type ZippedFile } from "../../sharing/bundles/zip/unzip.js";
export { type MediaFile, zipBundle } from "../../sharing/bundles/zip/zip.js";
export { type ExportOptions, exportSpace } from "./export.js";
export { type ImportProgress, type ImportReport, type ImportSpaceOptions, importSpace } from "./import.js";
