import { startedAi } from "../support/ai-api";

test("credentials are valid until they are broken, and again when they are repaired", async () => {
    const { api, ai, idOf, project } = await startedAi();
    const path = `/largelanguagemodels/${await idOf(`/largelanguagemodels?projectId=${project}`, "Default model")}/test`;
    expect(await api.post(path)).toMatchObject({
        status: 200,
        body: { llmProvider: "openAI", isCredentialsValid: true, msg: "The credentials are valid." },
    });
    await ai.breakCredentials("Travel/Default model", "401: Incorrect API key provided.");
    expect((await api.post(path)).body).toEqual({
        llmProvider: "openAI",
        isCredentialsValid: false,
        msg: "The credentials are not valid.",
        msgErr: "401: Incorrect API key provided.",
    });
    await ai.breakCredentials("Travel/Default model", null);
    expect((await api.post(path)).body.isCredentialsValid).toBe(true);
});

test("without its connection a model cannot be reached", async () => {
    const { api, ai, idOf, project } = await startedAi();
    await ai.setAccess("connection", "Travel/Language model provider", "missing");
    const id = await idOf(`/largelanguagemodels?projectId=${project}`, "Default model");
    expect((await api.post(`/largelanguagemodels/${id}/test`)).body).toMatchObject({
        isCredentialsValid: false,
        msgErr: 'The language model "Default model" has no connection.',
    });
});

test("a model that does not exist is not found", async () => {
    const { api } = await startedAi();
    expect((await api.post(`/largelanguagemodels/${"a".repeat(24)}/test`)).status).toBe(404);
});
