#!/usr/bin/env node
// Checked in, so that npm links the command before the package is built.
require("../dist/cli.js");
