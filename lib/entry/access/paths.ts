/** The gate's own pages, below the address of the console. Providers are told of two of them beforehand, by whoever registers it. */
export const GATE_PATHS = {
  signIn: "/sign-in",
  /** Where the provider sends back whom it lets in. */
  callback: "/sign-in/callback",
  signOut: "/sign-out",
  /** Where the provider sends back whom it signed out. */
  signedOut: "/signed-out",
} as const;
