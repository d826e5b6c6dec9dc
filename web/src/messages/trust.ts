// What can be seen instead of being taken on trust.
import type { Check } from "../second_look";

export interface TrustWords {
  trust: string;
  trustLead: string;
  trustLeft: string;
  trustAsked: (count: number, host: string) => string;
  trustForeign: (count: number) => string;
  trustOffline: string;
  trustRecord: (sent: string, network: number) => string;
  trustOutgoing: (count: number) => string;
  trustOnDisk: (count: number) => string;
  trustChecked: string;
  trustCheckedText: string;
  trustNotes: string;
  checks: Record<Check, string>;
  checksOf: (pictures: number) => string;
  checkSaid: (clean: number, found: number, unchecked: number) => string;
  addedByLookingAgain: (faces: number) => string;
  trustDropped: string;
  trustDroppedLook: string;
  trustDroppedNone: string;
  fates: Record<"kept" | "rewritten" | "dropped", string>;
  trustEffects: string;
  bytes: (count: number) => string;
  close: string;
}

export const en: TrustWords = {
  trust: "Privacy",
  trustLead: "What you need not take on trust, because you can see it here.",
  trustLeft: "What left this page",
  trustAsked: (count, host) => `${count} requests, all of them to ${host}, which runs FaceVeil.`,
  trustForeign: (count) => `${count} requests went to other computers.`,
  trustOffline:
    "The program itself has asked the kernel to refuse every outgoing connection: it can only answer.",
  trustRecord: (sent, network) =>
    `Its own record of its sockets: ${sent} sent to this computer, ${network} connections from others.`,
  trustOutgoing: (count) => `Connections that it opened to elsewhere: ${count}.`,
  trustOnDisk: (count) => `Files on its disk that could be one of your originals: ${count}.`,
  trustChecked: "What the program says of its work",
  trustCheckedText:
    "Only what the plan says is painted. Each picture is looked at again before it is given; what was found, and the digests of each file, are in report.json.",
  trustNotes: "Notes",
  checks: {
    faces: "Faces in sight",
    second_pictures: "Second pictures in the file",
    places: "Positions",
    stray_bytes: "Stray bytes",
    locality: "Changes outside what is hidden",
  },
  checksOf: (count) => `What looking again looked for, in ${count === 1 ? "1 picture" : `${count} pictures`}`,
  checkSaid: (clean, found, unchecked) =>
    [
      ...(found > 0 ? [`found in ${found}`] : []),
      ...(clean > 0 ? [`none in ${clean}`] : []),
      ...(unchecked > 0 ? [`not looked for in ${unchecked}`] : []),
    ].join(", "),
  addedByLookingAgain: (faces) =>
    `Looking again found ${faces === 1 ? "1 more face" : `${faces} more faces`}: hidden too, and marked to be checked.`,
  trustDropped: "What else was in the files",
  trustDroppedLook: "Look into the files",
  trustDroppedNone: "Nothing beside the picture.",
  fates: { kept: "kept", rewritten: "written anew", dropped: "dropped" },
  trustEffects: "What each effect can promise",
  bytes: (count) => (count < 2048 ? `${count} bytes` : `${Math.round(count / 1024)} KiB`),
  close: "Close",
};

export const zh: TrustWords = {
  trust: "隐私",
  trustLead: "不必轻信，这里都能看到。",
  trustLeft: "离开此页面的内容",
  trustAsked: (count, host) => `共 ${count} 次请求，全部发往运行 FaceVeil 的 ${host}。`,
  trustForeign: (count) => `有 ${count} 次请求发往其他电脑。`,
  trustOffline: "程序已请求系统内核拒绝它的一切对外连接：它只能应答。",
  trustRecord: (sent, network) =>
    `程序自己的套接字记录：向本机发送 ${sent}，来自其他电脑的连接 ${network} 个。`,
  trustOutgoing: (count) => `它主动对外打开的连接：${count} 个。`,
  trustOnDisk: (count) => `它在磁盘上可能是您原图的文件：${count} 个。`,
  trustChecked: "程序对处理结果的说明",
  trustCheckedText:
    "只涂改计划中列出的地方。每张图片在给出之前都会再检查一遍；检查结果与每个文件的摘要都在 report.json 中。",
  trustNotes: "说明",
  checks: {
    faces: "可见的人脸",
    second_pictures: "文件中的其他图片",
    places: "位置信息",
    stray_bytes: "多余的字节",
    locality: "遮挡区域之外的改动",
  },
  checksOf: (count) => `再次检查的项目（${count} 张图片）`,
  checkSaid: (clean, found, unchecked) =>
    [
      ...(found > 0 ? [`${found} 张有发现`] : []),
      ...(clean > 0 ? [`${clean} 张没有`] : []),
      ...(unchecked > 0 ? [`${unchecked} 张未检查`] : []),
    ].join("，"),
  addedByLookingAgain: (faces) => `再次检查又发现 ${faces} 张人脸：已一并遮挡，并标记为待检查。`,
  trustDropped: "文件中还有什么",
  trustDroppedLook: "查看文件内容",
  trustDroppedNone: "除图片外没有其他内容。",
  fates: { kept: "保留", rewritten: "重写", dropped: "删除" },
  trustEffects: "各种效果能保证什么",
  bytes: (count) => (count < 2048 ? `${count} 字节` : `${Math.round(count / 1024)} KiB`),
  close: "关闭",
};
