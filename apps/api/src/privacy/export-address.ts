import type { UserId } from "@facet/domain";

/** Where all that is kept of a viewer is fetched, the viewer's id in `?userId=`. */
export const EXPORT_ROUTE = "/viewers/export";
/** The same, as it is typed by hand. Not for every id: `.` and `..` are taken out of a path by whoever asks, however written. */
export const EXPORT_ROUTE_BY_PATH = "/viewers/:userId/export";

/** @param baseUrl the address of the service, without a slash at its end */
export function addressExport(baseUrl: string, userId: UserId): string {
  return `${baseUrl}${EXPORT_ROUTE}?userId=${encodeURIComponent(userId)}`;
}
