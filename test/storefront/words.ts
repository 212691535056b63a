import type { Category } from "./types.ts";

/** Halves of invented place names: 23 x 15 x 14 banks before one repeats. */
export const HEADS = [
  "North",
  "Silver",
  "Amber",
  "Stone",
  "Bright",
  "Cedar",
  "Falcon",
  "Granite",
  "Harrow",
  "Iron",
  "Juniper",
  "Kestrel",
  "Linden",
  "Marble",
  "Oaken",
  "Pelican",
  "Raven",
  "Thistle",
  "Willow",
  "Copper",
  "Winter",
  "Hazel",
  "Ivory",
] as const;
export const TAILS = [
  "wind",
  "brook",
  "mere",
  "field",
  "haven",
  "wick",
  "shore",
  "mont",
  "ford",
  "vale",
  "moor",
  "ridge",
  "leaf",
  "stead",
  "croft",
] as const;
export const NOUNS = [
  "Harbor",
  "Anchor",
  "Meridian",
  "Beacon",
  "Compass",
  "Citadel",
  "Orchard",
  "Crossing",
  "Landing",
  "Prairie",
  "Mariner",
  "Causeway",
  "Pavilion",
  "Lighthouse",
] as const;

/** [simplified, pinyin, traditional] */
export type Han = readonly [string, string, string];
export const HAN_FIRST: readonly Han[] = [
  ["北", "bei", "北"],
  ["澄", "cheng", "澄"],
  ["岚", "lan", "嵐"],
  ["枫", "feng", "楓"],
  ["桐", "tong", "桐"],
  ["禾", "he", "禾"],
  ["霁", "ji", "霽"],
  ["翠", "cui", "翠"],
  ["鹭", "lu", "鷺"],
  ["沧", "cang", "滄"],
  ["瑶", "yao", "瑤"],
  ["雁", "yan", "雁"],
  ["栖", "qi", "棲"],
  ["砚", "yan", "硯"],
  ["麓", "lu", "麓"],
  ["铭", "ming", "銘"],
  ["泠", "ling", "泠"],
];
export const HAN_SECOND: readonly Han[] = [
  ["港", "gang", "港"],
  ["江", "jiang", "江"],
  ["岭", "ling", "嶺"],
  ["湾", "wan", "灣"],
  ["屿", "yu", "嶼"],
  ["溪", "xi", "溪"],
  ["泽", "ze", "澤"],
  ["浦", "pu", "浦"],
  ["川", "chuan", "川"],
  ["泉", "quan", "泉"],
  ["渡", "du", "渡"],
  ["岸", "an", "岸"],
  ["塘", "tang", "塘"],
];

export const SURNAMES = [
  "Okoro",
  "Lindqvist",
  "Marek",
  "Sato",
  "Vasquez",
  "Petrov",
  "Halim",
  "Duarte",
  "Kowal",
  "Ferreira",
  "Nguyen",
  "Bauer",
  "Costa",
  "Ivanov",
  "Mensah",
] as const;
export const GIVEN = [
  "Ada",
  "Jonas",
  "Mira",
  "Teo",
  "Lena",
  "Ravi",
  "Nils",
  "Carla",
  "Igor",
  "Mei",
  "Paolo",
  "Sara",
  "Tomas",
  "Yusuf",
  "Zoe",
] as const;
export const STUDIOS = [
  "Apps",
  "Studio",
  "Labs",
  "Soft",
  "Digital",
  "Mobile Dev",
  "Tools",
  "Works",
  "Games",
  "Media",
] as const;
export const HAN_STUDIO_A = ["云帆", "星图", "极光", "蓝点", "乐拓", "迅达", "合众", "拾光", "小满", "嘉禾"] as const;
export const HAN_STUDIO_B = ["网络科技有限公司", "信息技术有限公司", "软件有限公司", "数字科技有限公司"] as const;

export const LURES = ["Rewards", "KYC Verify", "Update", "Loan", "Bonus", "Points", "Support", "Secure Login"] as const;
export const LURE_PREFIXES = ["Update", "Verify", "Free", "New", "My"] as const;
export const HAN_LURES = ["客服", "贷款", "秒批", "借款", "提额", "积分兑换"] as const;
export const GENERIC_BANKING = [
  "Mobile Banking",
  "Secure Banking App",
  "Online Bank Access",
  "Digital Bank Login",
] as const;
export const GENERIC_REWARD = [
  "Cash Reward Bonus",
  "Credit Points Redeem",
  "Quick Loan Approval",
  "Account Verify Bonus",
] as const;
export const HAN_GENERIC_REWARD = ["极速贷款", "积分兑换中心", "信用卡提额助手", "低息借款秒批"] as const;

export const ORDINARY: readonly [string, Category, string][] = [
  ["Water Reminder Daily", "lifestyle", "Drink enough water every day with gentle reminders and a simple chart."],
  ["Unit Converter Pocket", "tools", "Converts length, weight, volume and temperature without a connection."],
  ["Chess Puzzles Classic", "game", "One thousand puzzles from easy to very hard, with hints."],
  ["Trail Map Offline", "lifestyle", "Hiking maps to keep on your phone, with contour lines and shelters."],
  ["Guitar Tuner Simple", "tools", "Tunes six strings by ear or by needle."],
  ["Recipe Box Family", "lifestyle", "Keep your family recipes in one place and scale them to any number of guests."],
  ["Flashlight Plain", "tools", "A flashlight without advertising."],
  ["Sudoku Evening", "game", "Five levels and a night theme."],
  ["Podcast Keeper", "news", "Subscribe to podcasts and listen on the train."],
  ["Habit Ladder", "productivity", "Build one habit at a time, with a calm chart of the weeks."],
  ["Star Chart Night", "education", "Point at the sky and read the names of the stars."],
  ["Parcel Follow", "tools", "Follows parcels of many carriers in one list."],
];
export const HAN_ORDINARY: readonly [string, Category, string][] = [
  ["每日天气", "lifestyle", "逐小时天气预报，支持多个城市。"],
  ["简易记事本", "productivity", "轻巧的记事工具，支持分类与提醒。"],
  ["数独挑战", "game", "五种难度，随时来一局。"],
  ["公交查询", "lifestyle", "查询公交到站时间与换乘路线。"],
  ["菜谱大全", "lifestyle", "家常菜做法，步骤清楚。"],
  ["手电筒", "tools", "一键打开手电筒，无广告。"],
];
export const WALLETS: readonly [string, string][] = [
  ["Pocket Authenticator", "Two step codes kept on your own phone, with encrypted backup."],
  ["Otp Vault Open", "Free software for one time passwords. No account, no tracking."],
  ["Budget Envelope", "Plan your month with envelopes. Works with any account, connects to none."],
  ["Coin Ledger Wallet", "A self custody wallet for several chains. Keys never leave the device."],
  ["Split Bill Friends", "Share costs of a trip and see who owes whom."],
];
export const FINANCE_NEWS: readonly [string, string][] = [
  ["Market Morning Brief", "Rates, shares and commodities, read to you in ten minutes."],
  ["Ledger Daily News", "Reporting on central banks, bonds and the economy."],
  ["Coin Price Watch", "Prices of two hundred coins with alerts."],
];
export const HAN_FINANCE_NEWS: readonly [string, string][] = [
  ["财经早报", "每日财经资讯，股市、债市、汇率一手掌握。"],
  ["记账小本", "简单好用的记账软件，支持预算与报表。"],
];
