/** The user that data without users has. The key is no secret. */
export const demoUser = {
    email: "demo@skyline.example",
    apiKey: "demo-api-key-do-not-use-in-production",
} as const;
