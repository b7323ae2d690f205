using ActionPlan.Actions;
using ActionPlan.ApiKeys;
using ActionPlan.CalendarFeeds;
using ActionPlan.Changes;
using ActionPlan.Deadlines;
using ActionPlan.Decisions;
using ActionPlan.Departments;
using ActionPlan.FocusAreas;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Http.OpenApi;
using ActionPlan.Imports;
using ActionPlan.Indicators;
using ActionPlan.Measures;
using ActionPlan.Meta;
using ActionPlan.Owners;
using ActionPlan.Pages;
using ActionPlan.Plans;
using ActionPlan.Webhooks;

namespace ActionPlan;

/// <summary>The table of contents: every operation, one line each.</summary>
static class Routes
{
    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<Health>().Map(app);
        app.Services.GetRequiredService<Metrics>().Map(app);
        GetCalendar.Map(app);
        ApiCatalog.Map(app);
        Stylesheet.Map(app);

        var pages = app.MapPages();
        HomePage.Map(pages);
        SignIn.Map(pages);
        PlansPage.Map(pages);
        PlanPage.Map(pages);
        ActionPage.Map(pages);
        ReportPage.Map(pages);
        EmbedPage.Map(pages);
        Badge.Map(pages);

        app.MapOpenApi();

        var api = app.MapContract();

        GetApiInfo.Configure(api);
        GetSession.Configure(api);

        ListDepartments.Configure(api);
        CreateDepartment.Configure(api);
        GetDepartment.Configure(api);
        PatchDepartment.Configure(api);
        DeleteDepartment.Configure(api);

        ListPlans.Configure(api);
        CreatePlan.Configure(api);
        GetPlan.Configure(api);
        PatchPlan.Configure(api);
        DeletePlan.Configure(api);
        GetSummary.Configure(api);
        GetGaps.Configure(api);
        GetComparison.Configure(api);

        ListPresentations.Configure(api);
        CreatePresentation.Configure(api);
        GetPresentation.Configure(api);

        ListFocusAreas.Configure(api);
        CreateFocusArea.Configure(api);
        GetFocusArea.Configure(api);
        PatchFocusArea.Configure(api);
        DeleteFocusArea.Configure(api);

        ListActions.Configure(api);
        ListPlanActions.Configure(api);
        CreateAction.Configure(api);
        GetAction.Configure(api);
        PatchAction.Configure(api);
        DeleteAction.Configure(api);
        CreateRestoration.Configure(api);

        ImportActions.Configure(api);
        ImportPlan.Configure(api);

        ListFollowUps.Configure(api);
        ListActionFollowUps.Configure(api);
        CreateFollowUp.Configure(api);
        GetFollowUp.Configure(api);
        ListEvaluations.Configure(api);

        ListDecisions.Configure(api);
        CreateDecision.Configure(api);
        GetDecision.Configure(api);

        ListChanges.Configure(api);
        ListPlanChanges.Configure(api);
        ListActionChanges.Configure(api);

        ListOwners.Configure(api);
        CreateHandover.Configure(api);

        GetDeadline.Configure(api);

        ListMeasures.Configure(api);
        GetMeasure.Configure(api);
        ListAdoptions.Configure(api);

        ListIndicators.Configure(api);
        CreateIndicator.Configure(api);
        GetIndicator.Configure(api);
        PatchIndicator.Configure(api);
        DeleteIndicator.Configure(api);
        ListIndicatorValues.Configure(api);
        PutIndicatorValues.Configure(api);
        GetIndicatorValue.Configure(api);
        PutIndicatorValue.Configure(api);
        DeleteIndicatorValue.Configure(api);

        ListApiKeys.Configure(api);
        CreateApiKey.Configure(api);
        GetApiKey.Configure(api);
        DeleteApiKey.Configure(api);

        ListCalendarFeeds.Configure(api);
        CreateCalendarFeed.Configure(api);
        GetCalendarFeed.Configure(api);
        DeleteCalendarFeed.Configure(api);

        ListWebhooks.Configure(api);
        CreateWebhook.Configure(api);
        GetWebhook.Configure(api);
        PatchWebhook.Configure(api);
        DeleteWebhook.Configure(api);
        CreateWebhookSecret.Configure(api);
        ListDeliveries.Configure(api);
        GetDelivery.Configure(api);
        CreateAttempt.Configure(api);
    }
}
