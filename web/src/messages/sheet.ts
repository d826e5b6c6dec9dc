// The contact sheet of all faces.
export interface SheetWords {
  sheet: string;
  sheetLead: string;
  sheetOrder: string;
  sheetOrders: Record<"doubtFirst" | "sureFirst", string>;
  sheetEmpty: string;
  sheetToggle: (face: string, picture: string, hidden: boolean) => string;
  hiddenShort: string;
  keptShort: string;
  openInReview: (picture: string) => string;
}

export const en: SheetWords = {
  sheet: "All faces",
  sheetLead: "Every face of every picture. Press one to keep it visible, press again to hide it.",
  sheetOrder: "Order",
  sheetOrders: { doubtFirst: "Least sure first", sureFirst: "Surest first" },
  sheetEmpty: "No faces yet.",
  sheetToggle: (face, picture, hidden) =>
    `${face} in ${picture}: ${hidden ? "hidden" : "kept visible"}`,
  hiddenShort: "Hidden",
  keptShort: "Kept",
  openInReview: (picture) => `Review ${picture}`,
};

export const zh: SheetWords = {
  sheet: "全部人脸",
  sheetLead: "所有图片中的每一张人脸。按一下保留可见，再按一下重新遮挡。",
  sheetOrder: "顺序",
  sheetOrders: { doubtFirst: "把握最小的在前", sureFirst: "把握最大的在前" },
  sheetEmpty: "还没有人脸。",
  sheetToggle: (face, picture, hidden) => `${picture} 的${face}：${hidden ? "已遮挡" : "保留可见"}`,
  hiddenShort: "已遮挡",
  keptShort: "保留",
  openInReview: (picture) => `检查 ${picture}`,
};
