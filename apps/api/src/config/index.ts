export { ConfigError, describeConfig, readConfig, type Config } from "./config.js";
