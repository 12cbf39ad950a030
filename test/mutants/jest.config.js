const { join } = require("node:path");

/** @type {import("jest").Config} */
module.exports = {
    testMatch: ["<rootDir>/bundle.test.js"],
    testEnvironment: join(__dirname, "first-failure.js"),
    transform: {},
};
