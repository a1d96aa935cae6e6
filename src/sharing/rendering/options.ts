/** How a slice is written for people. */
export type RenderOptions = {
  /** The zone in which times are written, as IANA name. Default `UTC`. */
  readonly timeZone?: string | undefined;
};
