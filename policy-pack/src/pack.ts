// The ready pack: what `--policy-pack` loads, as PulumiPolicy.yaml says.
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./index";

new PolicyPack("pulumi-cognigy-policies", { policies });
