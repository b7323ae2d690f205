using System.Reflection;
using ActionPlan.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Contract;

public class RoutesTests(ApiHost host) : IClassFixture<ApiHost>
{
    static IEnumerable<Type> Operations => typeof(Program).Assembly.GetTypes()
        .Where(type => type.GetMethod("Configure", [typeof(IEndpointRouteBuilder)]) is not null);

    [Fact]
    public void Every_operation_is_in_the_table_of_contents()
    {
        var routed = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(Settings.BasePath, StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<Operation>() is not null)
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<MethodInfo>().DeclaringType!.Name);

        Assert.Equal(Operations.Select(type => type.Name).Order(), routed.Order());
    }

    [Fact]
    public void Every_operation_has_a_test_class()
    {
        var tests = typeof(RoutesTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();

        Assert.Equal([], Operations.Select(type => type.Name + "Tests").Where(name => !tests.Contains(name)));
    }

    [Fact]
    public void Every_operation_lies_in_a_file_of_its_own()
    {
        var files = Repository.Sources("api").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Equal([], Operations.Select(type => type.Name).Where(name => !files.Contains(name)));
    }
}
