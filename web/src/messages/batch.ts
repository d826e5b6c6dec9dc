// Many pictures at once, and those of an earlier page.
export interface BatchWords {
  batchTitle: string;
  batchOf: (done: number, total: number) => string;
  batchRate: (perMinute: number) => string;
  batchLeft: (seconds: number) => string;
  batchPaused: string;
  batchKept: string;
  pause: string;
  resume: string;
  cancelRest: string;
  retryAll: (count: number) => string;
  notDoneCount: (count: number) => string;
  cancelled: string;
  interrupted: string;
  cancel: string;
  cancelOf: (name: string) => string;
  earlierTitle: string;
  earlierLead: string;
  earlierFacts: (total: number, done: number, failed: number) => string;
  earlierUntil: (time: Date) => string;
  earlierOpen: string;
  earlierDownload: string;
  earlierDelete: string;
  chooseFolder: string;
  show: string;
  filters: Record<"all" | "doubtful" | "failed", string>;
}

function clockTime(time: Date, language: string): string {
  return time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

export const en: BatchWords = {
  batchTitle: "Progress of all pictures",
  batchOf: (done, total) => `${done} of ${total} done`,
  batchRate: (perMinute) => `${perMinute} a minute`,
  batchLeft: (seconds) =>
    seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`,
  batchPaused: "Paused",
  batchKept:
    "You may close or reload this page: the program goes on by itself, and you find the results when you come back. It keeps them for a limited time, and the originals only in its memory, for the review. “Remove all” wipes both at once.",
  pause: "Pause",
  resume: "Go on",
  cancelRest: "Cancel the rest",
  retryAll: (count) => `Try ${count} again`,
  notDoneCount: (count) => `${count} not done`,
  cancelled: "Cancelled before it was done.",
  interrupted: "The program ended before this picture was done. Please add it again.",
  cancel: "Cancel",
  cancelOf: (name) => `Cancel ${name}`,
  earlierTitle: "Batches from before",
  earlierLead: "The program still has the results of these, begun in this browser.",
  earlierFacts: (total, done, failed) =>
    `${done} of ${total} ${total === 1 ? "picture" : "pictures"} done${failed > 0 ? `, ${failed} not done` : ""}`,
  earlierUntil: (time) => `kept until ${clockTime(time, "en")}`,
  earlierOpen: "Open",
  earlierDownload: "Download as ZIP",
  earlierDelete: "Delete",
  chooseFolder: "Choose a folder",
  show: "Show",
  filters: { all: "All", doubtful: "To check", failed: "Not done" },
};

export const zh: BatchWords = {
  batchTitle: "全部图片的进度",
  batchOf: (done, total) => `已完成 ${done} / ${total}`,
  batchRate: (perMinute) => `每分钟 ${perMinute} 张`,
  batchLeft: (seconds) =>
    seconds < 90 ? `还需约 ${seconds} 秒` : `还需约 ${Math.round(seconds / 60)} 分钟`,
  batchPaused: "已暂停",
  batchKept:
    "可以关闭或刷新本页：程序会自行继续，回来时仍能找到结果。结果只在限定时间内保留；原图只在内存中，供检查之用。“全部移除”会立即抹去两者。",
  pause: "暂停",
  resume: "继续",
  cancelRest: "取消其余",
  retryAll: (count) => `重试 ${count} 张`,
  notDoneCount: (count) => `${count} 张未完成`,
  cancelled: "在完成之前已取消。",
  interrupted: "程序在处理完这张图片之前就结束了。请重新添加。",
  cancel: "取消",
  cancelOf: (name) => `取消 ${name}`,
  earlierTitle: "之前的批次",
  earlierLead: "以下批次由本浏览器发起，其结果仍在程序中。",
  earlierFacts: (total, done, failed) =>
    `共 ${total} 张，已完成 ${done} 张${failed > 0 ? `，${failed} 张未完成` : ""}`,
  earlierUntil: (time) => `保留至 ${clockTime(time, "zh-CN")}`,
  earlierOpen: "打开",
  earlierDownload: "下载 ZIP",
  earlierDelete: "删除",
  chooseFolder: "选择文件夹",
  show: "显示",
  filters: { all: "全部", doubtful: "待检查", failed: "未完成" },
};
