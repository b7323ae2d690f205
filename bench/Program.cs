using System.CommandLine;
using ActionPlan.Bench;

var actions = new Option<int>("--actions") { Description = "How many actions.", DefaultValueFactory = _ => 100_000 };
var file = new Option<string>("--database") { Description = "The file to make.", Required = true };
var generate = new Command("generate", "Fills a new database with realistic actions.") { actions, file };
generate.SetAction((parsed, _) => Generator.RunAsync(parsed.GetValue(actions), parsed.GetValue(file)!));

return await new RootCommand("Measures the service beside a bare endpoint and the disk.") { generate }.Parse(args).InvokeAsync();
