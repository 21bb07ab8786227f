// A real OpenID Connect provider for the tests of crates/directory, with people who need no form to sign in: whoever is
// named in login_hint is taken for who he says, except `nobody`, who declines. Ends when its standard input does.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, returnTo, more = '{}'] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));

const people = {
  ada: { preferred_username: "ada.registrar", name: "Ada Registrar", groups: ["registry", "clerks"] },
  bo: { name: "Bo Without Login" },
  ...JSON.parse(more),
};

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const client = (client_id, more) => ({
  client_id,
  client_secret: "a secret of ours + more",
  application_type: "native",
  redirect_uris: [returnTo],
  ...more,
});

const provider = new Provider(issuer, {
  clients: [
    client("basic", { token_endpoint_auth_method: "client_secret_basic" }),
    client("form", { token_endpoint_auth_method: "client_secret_post" }),
    client("open", { token_endpoint_auth_method: "none", client_secret: undefined }),
  ],
  claims: { openid: ["sub"], profile: ["preferred_username", "name"], groups: ["groups"] },
  scopes: ["openid", "profile", "groups"],
  cookies: { keys: ["only a test"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/meet/${interaction.uid}` },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/meet/")) return next();
  const { params, prompt, session } = await provider.interactionDetails(ctx.req, ctx.res);
  let result;
  if (params.login_hint === "nobody") {
    result = { error: "access_denied", error_description: "declined" };
  } else if (prompt.name === "login") {
    result = { login: { accountId: params.login_hint } };
  } else {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    result = { consent: { grantId: await grant.save() } };
  }
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true }));
});

server.on("request", provider.callback());
console.log(`issuer ${issuer}`);
