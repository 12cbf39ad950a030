/** @type {import("jest").Config} */
module.exports = {
    testMatch: ["<rootDir>/bundle.test.js"],
    transform: {},
    testTimeout: 20_000,
};
