/** Store texts. Banks speak in one set of sentences, their rivals in another, fakes in a third: only a copy repeats one. */

type Speak = (name: string) => string;

export const BANK_TEXT: readonly Speak[] = [
  (name) =>
    `Bank with ${name} wherever you are. See your balances at a glance, move money between your accounts, pay bills in seconds and freeze a lost card before you finish your coffee. Fingerprint sign-in keeps the door shut for everybody else. Questions are answered by people in our own branches, day and night.`,
  (name) =>
    `Everything your ${name} branch can do, in your pocket. Deposit a cheque with the camera, set spending limits for each card, plan savings for the things you look forward to and talk to an adviser by video. Every transfer asks for your confirmation on this device, and nothing leaves it unencrypted.`,
  (name) =>
    `The ${name} app puts your current account, your savings and your mortgage on one calm screen. Standing orders take two taps, statements are ready to download for the tax office, and a travel notice tells us where you go so that your card keeps working there. Available in four languages.`,
];

export const BANK_TEXT_HAN: readonly Speak[] = [
  (name) =>
    `${name}手机银行为您提供账户查询、转账汇款、生活缴费与理财服务。指纹登录，安全便捷；一键挂失，守护资金。全国网点预约取号，省时省心，专属客户经理随时在线答疑。`,
  (name) =>
    `随身携带的${name}。余额明细一目了然，大额存单、基金定投轻松管理，信用卡账单随查随还。每一笔交易均需本机确认，全程加密传输，让您安心用卡、放心理财。`,
  (name) =>
    `打开${name}客户端，工资到账即时提醒，跨行转账免手续费，房贷进度随时查看。支持长辈模式与语音播报，无障碍使用，让金融服务更有温度。`,
];

export const RIVAL_TEXT: readonly Speak[] = [
  (name) =>
    `${name} members manage shares, loans and cards here. Check deposits, schedule payments, find a fee-free cash machine and vote at the annual meeting from home.`,
  (name) =>
    `Open a savings account at ${name} in ten minutes. Round up purchases, invite a co-saver and watch the goal bar fill. Deposits are protected by the national scheme.`,
  (name) =>
    `Business customers of ${name} approve payroll, send invoices and reconcile ledgers on the move. Roles and limits are set by your administrator.`,
];

export const RIVAL_TEXT_HAN: readonly Speak[] = [
  (name) => `${name}服务城乡居民，支持存款、贷款申请进度查询、社保卡激活、水电燃气代缴等功能，办业务不用跑网点。`,
  (name) => `欢迎使用${name}企业版，提供代发工资、电子回单、票据贴现与授权审批，助力小微企业经营。`,
];

export const FAKE_TEXT: readonly Speak[] = [
  (name) =>
    `Official ${name} service. Sign in with your card number and password to claim your reward. Instant approval, no documents needed.`,
  (name) =>
    `${name} customers: your account will be limited unless you update now. Verify your card and one time code in this app.`,
  (name) => `Get a loan from ${name} in five minutes. Low interest, no credit check, money on your card today.`,
  (name) => `Redeem your ${name} points before they expire. Enter your card and PIN to receive cash back at once.`,
];

export const FAKE_TEXT_HAN: readonly Speak[] = [
  (name) => `${name}官方客服通道，银行卡冻结、密码找回在线办理，登录即可领取福利。`,
  (name) => `${name}低息贷款，无需征信，五分钟到账，凭身份证即可申请，额度高达二十万。`,
  (name) => `${name}积分即将过期，请立即登录兑换现金礼品，填写卡号与验证码即可领取。`,
];
