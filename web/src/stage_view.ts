// Which part of a picture is seen, how large. Points are shares (0..1) of the picture.
import type { Box } from "./plan";

export interface StageView {
  /** 1: the whole picture fits. */
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const wholePicture: StageView = { zoom: 1, x: 0.5, y: 0.5 };
const zoomMax = 16;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export function zoomed(view: StageView, factor: number, at = { x: view.x, y: view.y }): StageView {
  const zoom = clamp(view.zoom * factor, 1, zoomMax);
  // The point under the pointer stays there.
  const share = 1 - view.zoom / zoom;
  return { zoom, x: view.x + (at.x - view.x) * share, y: view.y + (at.y - view.y) * share };
}

/** The picture's place on the stage, in CSS pixels; centred where there is room. */
export function pictureOn(stage: Size, picture: Size, { zoom, x, y }: StageView): Box {
  const fit = Math.min(stage.width / picture.width, stage.height / picture.height) || 0;
  const width = picture.width * fit * zoom;
  const height = picture.height * fit * zoom;
  const along = (room: number, length: number, middle: number) =>
    length <= room ? (room - length) / 2 : clamp(room / 2 - middle * length, room - length, 0);
  return {
    x: along(stage.width, width, x),
    y: along(stage.height, height, y),
    width,
    height,
  };
}

/** Where a box stands on its picture, as CSS has it. */
export function placeOf(box: Box, picture: Size) {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(box.x, picture.width),
    top: percent(box.y, picture.height),
    width: percent(box.width, picture.width),
    height: percent(box.height, picture.height),
  };
}

/** Brings a face to the middle, large enough to judge. */
export function closeTo(region: Box, picture: Size): StageView {
  const share = Math.max(region.width / picture.width, region.height / picture.height);
  return {
    zoom: clamp(0.3 / share, 1, 8),
    x: clamp((region.x + region.width / 2) / picture.width, 0, 1),
    y: clamp((region.y + region.height / 2) / picture.height, 0, 1),
  };
}
