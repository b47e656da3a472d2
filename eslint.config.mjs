import js from "@eslint/js";
import typescript from "typescript-eslint";

export default typescript.config(
  {
    ignores: [
      "node_modules/",
      "notebooks/",
      "runs/",
      "data/",
      "test/fixtures/",
      "lib/**/assembly/",
      "lib/**/build/",
      "docs/api/",
      "dist/",
    ],
  },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      eqeqeq: "error",
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Take a seeded generator from lib/random.ts as an argument." },
      ],
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
        __filename: "readonly",
        WebAssembly: "readonly",
      },
    },
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { caughtErrorsIgnorePattern: "^_" }],
    },
  },
);
