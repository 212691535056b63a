/**
 * The one call of `request` that app-store-scraper makes: `request({ url, headers, method, … }, callback)`. Its caller hands
 * in `door` through the package's `requestOptions`: an async function from the request to `{ status, body }`. Without one
 * there is no way out: the call fails.
 */
module.exports = function request({ url, headers, method, door }, callback) {
  if (typeof door !== "function") {
    callback(new Error("no door was given, and there is no other way to the network"));
    return;
  }
  door({ url, headers, method }).then(
    ({ status, body }) => callback(null, { statusCode: status }, body),
    (error) => callback(error),
  );
};
