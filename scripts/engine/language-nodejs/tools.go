//go:build tools

// Package engine pins the modules that the language host for Node.js is built from: the newest version that the
// module proxy serves as a command of the SDK module.
package engine

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
