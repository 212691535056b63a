/** A configuration to begin with: a fictional bank, every part explained, what costs something or needs a file commented out. */
export function initTemplate({ language }: { language: "en" | "zh" }): string {
  const words = language === "zh" ? ZH : EN;
  return `# ${words.head}
# ${words.schema}

# ${words.contact}
# contact: mailto:soc@northwindharbor.example

# ${words.regions}
regions: [us]

# ${words.budgets}
budgets:
  queriesPerSource: 60
  icons: 3000
  detailsPerSource: 200

# ${words.review}
# review: { fourEyes: true }

# ${words.sources}
sources: {}
#  github-releases:
#    credentialEnv: GITHUB_TOKEN
#  aptoide:
#    enabled: false

brands:
  - id: northwind
    title: Northwind Harbor Bank
    # ${words.country}
    country: us
    # ${words.names}
    names:
      - Northwind Harbor Bank
      - 北港银行
    # ${words.aliases}
    aliases:
      - { text: NHB, distinctive: false }
    # ${words.icons}
    # icons: [icons/northwind.png]
    # ${words.apps}
    apps:
      - platform: android
        package: com.northwindharbor.mobile
        stores: { google-play: com.northwindharbor.mobile }
    # ${words.publishers}
    publishers:
      - { store: google-play, name: Northwind Harbor Bank }
    # ${words.certificates}
    certificates: []
    # ${words.namespaces}
    namespaces: [com.northwindharbor]
    domains: [northwindharbor.example]
    # ${words.filing}
    # filing: { number: 京ICP备12345678号-1A, holder: 北港银行股份有限公司 }
    # ${words.papers}
    # trademarks:
    #   - { number: "018000000", country: us, class: "36", expires: 2031-05-01 }
    # papers:
    #   - { kind: letter-of-authority, file: papers/authority.pdf, expires: 2027-12-31 }
    # ${words.partners}
    # partners:
    #   - { name: Harbor Insurance, packages: [com.harborinsurance.app] }
    # ${words.watch}
    # searchTerms: [northwind bonus]
    # watch:
    #   listings: [{ store: google-play, key: com.example.suspect }]
    #   developers: [{ store: google-play, key: "4711" }]
`;
}

const EN = {
  head: "Knockoff: describe your brand here, then run `knockoff brand check`.",
  schema: "Editors complete and check this file with the schema that `knockoff brand schema` prints.",
  contact: "How a store can reach you about our requests; it becomes part of the User-Agent.",
  regions: "Countries whose shop windows are searched, ISO 3166-1.",
  budgets: "Most questions for each store and region, icons fetched, and detail pages for suspects, in one scan.",
  review: "Whether the one who sends a takedown request must be another than the one who drafted it.",
  sources: "Every source is searched unless it is switched off here. Tokens stay in environment variables.",
  country: "Where the bank is at home, ISO 3166-1.",
  names:
    "What customers call you, in every script. Write `{ text: …, distinctive: false }` for a name that is an ordinary word.",
  aliases: "Short forms and abbreviations. They count only beside words of banking.",
  icons: "Your app icons: files beside this one, or https links.",
  apps: "Your inventory: every app of yours, with the key each store has for it. `knockoff brand add <link>` fills this in.",
  publishers: "Your accounts at the stores. Only the key a store issued proves anything; a name can be copied.",
  certificates: "SHA-256 or SHA-1 of your signing certificates: they tell genuine copies from repackaged apps.",
  namespaces: "Package prefixes that only you use.",
  filing: "Your app filing number, where the country has one.",
  papers: "What stores ask for in a takedown request.",
  partners: "Others who may use the brand.",
  watch: "Further words to search for, and listings and accounts to look at every day.",
};

const ZH: typeof EN = {
  head: "Knockoff：在此描述您的品牌，然后运行 `knockoff brand check`。",
  schema: "编辑器可用 `knockoff brand schema` 输出的模式来补全和检查本文件。",
  contact: "商店就我们的请求联系您的方式，会写入 User-Agent。",
  regions: "要搜索的国家或地区，ISO 3166-1。",
  budgets: "一次扫描中：每个商店每个地区的查询数、下载图标数、可疑应用详情页数的上限。",
  review: "发送处置请求的人是否必须与起草人不同（四眼原则）。",
  sources: "所有来源默认搜索，可在此停用。令牌只放在环境变量中。",
  country: "银行所在国家，ISO 3166-1。",
  names: "客户对您的称呼，各种文字都写上。若名称是常用词，写成 `{ text: …, distinctive: false }`。",
  aliases: "简称和缩写，仅在与银行用语同现时计分。",
  icons: "应用图标：与本文件同处的文件，或 https 链接。",
  apps: "资产清单：自家每个应用及其在各商店的标识。`knockoff brand add <链接>` 可自动填写。",
  publishers: "在各商店的开发者账号。只有商店颁发的标识才算证明，名称可以被抄。",
  certificates: "签名证书的 SHA-256 或 SHA-1：用来区分正版转载与重打包。",
  namespaces: "只有您使用的包名前缀。",
  filing: "App 备案号（所在国家有此制度时）。",
  papers: "商店在处置请求中要求的材料。",
  partners: "有权使用品牌的其他方。",
  watch: "另外要搜索的词，以及每天都要查看的应用和账号。",
};
