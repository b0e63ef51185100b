package dev.callout.dialler;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * Lets what a door throws come to the route that has called it, unless the door's route says itself what is done then: so a door
 * can throw what puts a number off, and each failure is told once, not with a stack trace for each number by Camel, too.
 */
final class DoorRoutes extends ModelLifecycleStrategySupport {

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (Door.ofRoute(route.getId()) != null && !route.isErrorHandlerFactorySet()
                && route.getRouteConfigurationId() == null) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        }
    }
}
