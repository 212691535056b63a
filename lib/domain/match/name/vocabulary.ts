import { type Reading, readName } from "./reading.ts";

/**
 * Words that surround a bank's name. `finance` words say that banking is meant, `lure` words pull a victim in, `plain` words
 * say nothing, `region` words name a market. All are written as `readName` reads them: lower-case, marks off, simplified.
 * English first, then the languages of large mobile-banking markets.
 */
export type WordClass = "finance" | "lure" | "plain" | "region";

const LATIN: Record<WordClass, string> = {
  finance: `bank banks banking banka banco banca banque bankasi bankas mbank ebank netbank netbanking mobilebanking onlinebanking
    finance financial finances finanz finanzas money cash credit creditcard card cards kart karta tarjeta cartao debit account
    accounts konto cuenta conta compte payment payments pay pago pagos pagamento wallet savings sparen deposit deposits invest
    investment investments investing insurance mortgage transfer remit remittance fund funds trading brokerage broker capital
    wealth tax taxes upi atm`,
  lure: `reward rewards point points kyc ekyc loan loans kredit credito prestamo prestamos emprestimo pinjaman update updates upgrade
    verify verification verified verificacion security secure secured certificate certificat bonus cashback gift gifts voucher
    support helpline helpdesk customer customercare care service services servicio refund limit unlock login signin signup register
    activate activation redeem claim free win official oficial token otp authenticator protect protection safe safety safeguard
    instant quick fast easy approval apply offer offers promo coupon alert blocked suspended lucky earn aadhar aadhaar pan rewardz
    points pro plus lite premium gold vip mod apk installer download helper assistant assist complaint dispute`,
  plain: `the a an of and for by de la el le les di da do dos das del der die das und y e et in on at to my your our app apps application
    mobile mobil movil phone android ios ipad iphone tablet watch digital online internet net web smart direct direkt direto live new
    neo go one now one 24 24x7 365 24h hd x business corporate corp company co ltd limited inc plc llc ag sa nv se group holding
    holdings national international personal retail private people us me kids junior youth student business biz enterprise sme
    client clients user users login access portal center centre hub home world life sol plus next`,
  region: `india indian china chinese usa america american uk britain british england australia australian canada canadian germany
    deutschland turkey turkiye turk iran brasil brazil mexico espana spain france italia italy poland polska japan korea singapore
    hongkong hong kong macau taiwan malaysia indonesia thailand vietnam philippines russia ukraine africa nigeria kenya egypt uae
    dubai saudi europe european asia asian global worldwide latam nz zealand switzerland schweiz austria belgium netherlands nederland`,
};

const HAN: Record<WordClass, string> = {
  finance: `银行 手机银行 网上银行 网银 直销银行 信用卡 借记卡 储蓄卡 银行卡 金融 理财 财富 支付 付款 钱包 转账 汇款 存款 基金 保险 证券 投资 账户
    账单 记账 消费金融 还款 收款 缴费 云缴费 外汇 私人银行 企业银行 储蓄 信贷 资产`,
  lure: `贷款 贷 快贷 易贷 借款 借钱 借贷 分期 秒批 秒贷 秒到 低息 免息 免征信 无抵押 信用贷 提额 额度 客服 官方 官方版 认证 验证 实名 安全 安全中心
    升级 更新 积分 兑换 积分兑换 积分商城 福利 红包 礼品 礼包 优惠 返现 奖励 领取 签到 签到领礼品 高收益 收益 高息 稳赚 赚钱 解冻 冻结 助手 申请
    极速 极速版 专享 特惠 退款 理赔 急用 急速 快速 绿色 通道 下款 放款 注册 登录 激活 推广 邀请 补贴 e贷`,
  plain: `中国 股份 股份有限公司 有限公司 有限责任公司 集团 公司 手机 手机版 移动 掌上 在线 网上 线上 个人 个人版 企业 企业版 商户 商户版 客户端 应用
    软件 平台 中心 服务 生活 之家 版 新版 国际版 国际 的 我的 小 大 新 乐 惠 app 安卓 苹果 商城 e 云 融 通 宝 管家 助理`,
  region: `中国 香港 澳门 台湾 北京 上海 广州 深圳 广东 天津 重庆 内地 大陆 海外 全球 亚洲 华东 华南 华北`,
};

const LATIN_WORDS = classMap(LATIN);
const HAN_WORDS = classMap(HAN);
const LONGEST_HAN = Math.max(...[...HAN_WORDS.keys()].map((word) => word.length));

function classMap(lists: Record<WordClass, string>): Map<string, WordClass> {
  const map = new Map<string, WordClass>();
  // Earlier classes win where a word is in two.
  for (const kind of ["finance", "lure", "region", "plain"] as const) {
    for (const word of lists[kind].split(/\s+/)) if (word !== "" && !map.has(word)) map.set(word, kind);
  }
  return map;
}

export function latinClass(word: string): WordClass | undefined {
  return LATIN_WORDS.get(word) ?? (/^\d{1,4}$/.test(word) ? "plain" : undefined);
}

export interface Explained {
  /** Letters that vocabulary accounts for. */
  letters: number;
  finance: string[];
  lure: string[];
}

/** What vocabulary says of one word: whole for Latin words, cut greedily at the longest entries for runs of Han. */
export function explain(word: string): Explained {
  const found: Explained = { letters: 0, finance: [], lure: [] };
  if (!/\p{Script=Han}/u.test(word)) {
    const kind = latinClass(word);
    if (kind !== undefined) note(found, word, kind);
    else gluedWords(word, found);
    return found;
  }
  for (let at = 0; at < word.length; ) {
    const entry = longestAt(word, at);
    if (entry === undefined) {
      at += 1;
      continue;
    }
    note(found, entry, HAN_WORDS.get(entry) as WordClass);
    at += entry.length;
  }
  return found;
}

/** `mobilebanking`, `loansapp`: two words of vocabulary written as one. */
function gluedWords(word: string, found: Explained): void {
  for (let cut = 3; cut <= word.length - 3; cut += 1) {
    const [head, tail] = [word.slice(0, cut), word.slice(cut)];
    const kinds = [LATIN_WORDS.get(head), LATIN_WORDS.get(tail)] as const;
    if (kinds[0] === undefined || kinds[1] === undefined) continue;
    note(found, head, kinds[0]);
    note(found, tail, kinds[1]);
    return;
  }
}

function longestAt(word: string, at: number): string | undefined {
  for (let size = Math.min(LONGEST_HAN, word.length - at); size > 0; size -= 1) {
    const entry = word.slice(at, at + size);
    if (HAN_WORDS.has(entry)) return entry;
  }
  return undefined;
}

function note(found: Explained, word: string, kind: WordClass): void {
  found.letters += word.length;
  if (kind === "finance" || kind === "lure") found[kind].push(word);
}

/** A name that says nothing but "mobile banking", or nothing at all. */
export function isGeneric(reading: Reading): boolean {
  let finance = reading.words.length === 0;
  for (const { from, to } of reading.words) {
    const said = explain(reading.plain.slice(from, to));
    if (said.letters < to - from) return false;
    finance ||= said.finance.length + said.lure.length > 0;
  }
  return finance;
}

/** Whether any word of a name is one of banking or of its lures. */
export function speaksOfBanking(name: string): boolean {
  const reading = readName(name);
  return reading.words.some(({ from, to }) => {
    const { finance, lure } = explain(reading.plain.slice(from, to));
    return finance.length + lure.length > 0;
  });
}
