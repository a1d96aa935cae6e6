import type { Money } from "chat-spaces";
import { fractionDigits } from "./orders.js";

/** Names of ISO weekdays, Monday first. */
export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Minor units as an amount: 209200 GBP is £2,092.00. */
export function showMoney({ minor, currency }: Money): string {
  const amount = minor / 10 ** fractionDigits(currency);
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount);
}

/** Amounts of several currencies; a dash for none. */
export function showRevenue(revenue: readonly Money[]): string {
  return revenue.map(showMoney).join(" + ") || "–";
}

/** Milliseconds in the largest two units: `1 h 20 min`. A dash where there was nothing to measure. */
export function showDuration(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A share in per cent; a dash where there is nothing to share. */
export function showShare({ num, den }: { readonly num: number; readonly den: number }): string {
  return den === 0 ? "–" : `${Math.round((num / den) * 100)}%`;
}

/** A local date as `Fri 1 May`. */
export function showDate(date: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(date));
}

/** The month of a local date as `May 2026`. */
export function showMonth(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(date),
  );
}

/** An instant as `Fri 1 May, 18:00` in a zone. */
export function showInstant(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(at);
}
