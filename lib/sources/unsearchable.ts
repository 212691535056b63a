/** A place where fakes are offered and that this program does not search: a gap that coverage must show, never a clean result. */
export interface UnsearchedPlace {
  id: string;
  name: { en: string; zh: string };
  /** `impossible`: there is nothing that may be asked. `not-built`: it could be asked, and no adapter does yet. */
  kind: "impossible" | "not-built";
  why: { en: string; zh: string };
}

const NO_ADAPTER = { en: "No adapter yet.", zh: "尚无适配器。" };

/** As of November 2026. A test keeps out what has an adapter. */
export const UNSEARCHED: readonly UnsearchedPlace[] = [
  {
    id: "oppo",
    name: { en: "OPPO App Market", zh: "OPPO 软件商店" },
    kind: "impossible",
    why: {
      en: "Its search answers signed requests of its own phone app only; there is no public web search.",
      zh: "其搜索只答复自家手机客户端的签名请求，没有公开的网页搜索。",
    },
  },
  {
    id: "apkmirror",
    name: { en: "APKMirror", zh: "APKMirror" },
    kind: "impossible",
    why: {
      en: "Its pages ask every program for proof of a person, and its interface needs a credential that is lent to another client.",
      zh: "其网页要求人机验证，其接口凭据仅发放给其他客户端。",
    },
  },
  {
    id: "ios-enterprise",
    name: { en: "Enterprise-signed iOS apps and TestFlight", zh: "企业签名 iOS 应用与 TestFlight" },
    kind: "impossible",
    why: {
      en: "They are handed out by link; there is no directory to search.",
      zh: "仅通过链接分发，没有可搜索的目录。",
    },
  },
  {
    id: "web-apps",
    name: { en: "Web apps (PWA, WebAPK)", zh: "网页应用（PWA、WebAPK）" },
    kind: "impossible",
    why: {
      en: "They are installed from a website and never enter a store.",
      zh: "直接从网站安装，从不进入应用商店。",
    },
  },
  {
    id: "chat-groups",
    name: { en: "Closed chat groups and QR codes", zh: "封闭群聊与二维码" },
    kind: "impossible",
    why: {
      en: "WeChat, QQ and Telegram groups can be read by members only; reports of customers are the way in.",
      zh: "微信、QQ、Telegram 群仅成员可见，线索主要来自客户举报。",
    },
  },
  { id: "huawei", name: { en: "Huawei AppGallery", zh: "华为应用市场" }, kind: "not-built", why: NO_ADAPTER },
  { id: "xiaomi", name: { en: "Xiaomi GetApps", zh: "小米应用商店" }, kind: "not-built", why: NO_ADAPTER },
  { id: "vivo", name: { en: "vivo App Store", zh: "vivo 应用商店" }, kind: "not-built", why: NO_ADAPTER },
  { id: "honor", name: { en: "Honor App Market", zh: "荣耀应用市场" }, kind: "not-built", why: NO_ADAPTER },
  { id: "apkpure", name: { en: "APKPure", zh: "APKPure" }, kind: "not-built", why: NO_ADAPTER },
  { id: "apkcombo", name: { en: "APKCombo", zh: "APKCombo" }, kind: "not-built", why: NO_ADAPTER },
  { id: "wandoujia", name: { en: "Wandoujia", zh: "豌豆荚" }, kind: "not-built", why: NO_ADAPTER },
];
